import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { folder } from "../config/folder.ts";
import { leak } from "../scan/running.ts";
import { gz, tarred, zipped } from "../sources/pack.ts";
import { git, repository } from "../sources/repository.ts";
import { leakreach } from "./leakreach.ts";

interface Reported {
  readonly findings: readonly {
    exposures: readonly { path: string; inner?: string[]; line: number; column: number }[];
  }[];
  readonly gaps: readonly { what: string; why: string }[];
  readonly stats: { complete: boolean; blobs: number };
}

async function reported(command: string, root: string, ...more: readonly string[]): Promise<Reported> {
  const { stdout, stderr } = await leakreach([command, root, "--format", "json", ...more]);
  assert.equal(stderr, "");
  return JSON.parse(stdout) as Reported;
}

const placesOf = ({ findings }: Reported): string[] =>
  findings
    .flatMap(({ exposures }) => exposures)
    .map(({ path, inner = [], line, column }) => `${[path, ...inner].join("!")}:${line}:${column}`)
    .sort();

const wide = (text: string): Buffer => Buffer.from(`\ufeff${text}`, "utf16le");

/** Files that are not what their bytes say, in two versions; the second ones stand in the work tree. */
async function wrapped(): Promise<string> {
  const files = async (seed: number): Promise<Record<string, Uint8Array>> => ({
    "lib.jar": zipped({ "app/a.properties": `# text\n${leak(seed)}`, "b.txt": "text\n" }),
    "doc.docx": zipped({ "word/document.xml": `<w:t>${leak(seed + 1)}</w:t>` }),
    "logs.tar": await tarred({ "x/y.log": `line\nline\n${leak(seed + 2)}` }),
    "nested.tgz": gz(await tarred({ "inner.zip": zipped({ "z.env": leak(seed + 3) }) })),
    "export.csv": wide(`name\r\näöü ${leak(seed + 4)}`),
    "main.c": wide(`int main;\n// ${leak(seed + 5)}`),
  });
  const root = repository(await files(100));
  for (const [name, content] of Object.entries(await files(200))) writeFileSync(join(root, name), content);
  git(root, "commit", "-qam", "second");
  return root;
}

for (const [name, ...pack] of [["loose"], ["packed", "repack", "-adfq"]] as const) {
  test(`archives and UTF-16 in versions (${name}) are opened as scan opens them, by both engines`, async () => {
    const root = await wrapped();
    if (pack.length > 0) git(root, ...pack);
    const delta = await reported("history", root);
    assert.deepEqual(placesOf(await reported("history", root, "--engine", "full")), placesOf(delta));
    const now = placesOf(await reported("scan", root));
    assert.equal(now.length, 6);
    // Each of the two versions of a file has a secret of its own at the same place.
    const known = (place: string): string => place.replace("nested.tgz!nested.tar", "nested.tgz!content");
    assert.deepEqual(placesOf(delta), [...now, ...now].map(known).sort());
    assert.equal(delta.stats.complete, true);
  });
}

test("an archive that is broken, and one that nothing reads, are gaps", async () => {
  const root = repository({
    "x.zip": zipped({ a: leak(1) }).subarray(0, 60),
    "y.xz": Buffer.from("\xfd7zXZ\0\0\0", "latin1"),
  });
  const { gaps } = await reported("history", root);
  assert.equal(gaps.length, 2);
  for (const { what } of gaps) assert.match(what, /^blob [0-9a-f]{40}$/);
});

function pointer(content: string): { oid: string; text: string } {
  const oid = createHash("sha256").update(content).digest("hex");
  return { oid, text: `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${content.length}\n` };
}

function store(root: string, oid: string, content: string): string {
  const path = join(root, ".git/lfs/objects", oid.slice(0, 2), oid.slice(2, 4), oid);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

test("what a Git LFS pointer stands for is looked at where it is here; else it is one gap with a count", async () => {
  const content = `# large\n${leak(1)}`;
  const [here, away, gone] = [pointer(content), pointer(`${content}\n`), pointer("another")];
  const root = repository({ "big.env": here.text, "away.env": away.text, "gone.bin": gone.text });
  const path = store(root, here.oid, content);
  const found = await reported("history", root);
  assert.deepEqual(placesOf(found), ["big.env:2:10"]);
  assert.deepEqual(found.gaps, [
    { what: "2 files in Git LFS", why: "only pointers are here: git lfs fetch --all brings what they stand for" },
  ]);
  for (const changed of [`${content}more`, content.replace("large", "LARGE")]) {
    writeFileSync(path, changed);
    const { gaps, findings } = await reported("history", root);
    assert.deepEqual([findings.length, gaps.length], [0, 2]);
    assert.match(gaps.map(({ why }) => why).join(), /stored Git LFS object/);
  }
});

test("with a state, a Git LFS object that comes later is looked at, and nothing else again", async () => {
  const content = leak(1);
  const { oid, text } = pointer(content);
  const root = repository({ "big.env": text, "small.env": leak(2) });
  git(root, "repack", "-adfq");
  const state = join(folder({}), "state");
  const first = await reported("history", root, "--state", state);
  assert.deepEqual([placesOf(first), first.gaps.length], [["small.env:1:10"], 1]);
  const second = await reported("history", root, "--state", state);
  assert.deepEqual([second.findings.length, second.gaps.length, second.stats.blobs], [0, 1, 0]);
  const path = store(root, oid, content);
  const third = await reported("history", root, "--state", state);
  assert.deepEqual([placesOf(third), third.gaps.length], [["big.env:1:10"], 0]);
  rmSync(path);
  const fourth = await reported("history", root, "--state", state);
  assert.deepEqual([fourth.findings.length, fourth.gaps.length, fourth.stats.blobs], [0, 0, 0]);
});
