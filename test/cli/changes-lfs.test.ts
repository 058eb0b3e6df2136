import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { leak } from "../scan/running.ts";
import { zipped } from "../sources/pack.ts";
import { git, repository } from "../sources/repository.ts";
import { leakreach } from "./leakreach.ts";

const commands = { range: ["range", "HEAD~1..HEAD"], staged: ["staged"] } as const;

/** Puts a content where git-lfs keeps it, and gives the pointer that is committed instead, and the file. */
function stored(root: string, content: string | Uint8Array): { pointer: string; file: string } {
  const oid = createHash("sha256").update(content).digest("hex");
  const file = join(root, ".git/lfs/objects", oid.slice(0, 2), oid.slice(2, 4), oid);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  const { length } = Buffer.from(content as Uint8Array);
  return { pointer: `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${length}\n`, file };
}

/** Stages files, and commits them for `range`. */
function change(root: string, command: keyof typeof commands, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) writeFileSync(join(root, path), content);
  git(root, "add", "-A");
  if (command === "range") git(root, "commit", "-qm", "change");
}

async function reported(root: string, command: keyof typeof commands) {
  const { code, stdout } = await leakreach([...commands[command], "--format", "json", "--fail-on", "any"], {
    cwd: root,
  });
  const { findings, gaps } = JSON.parse(stdout) as {
    findings: { exposures: { path: string; inner?: string[]; line: number }[] }[];
    gaps: { what: string; why: string }[];
  };
  const places = findings.flatMap(({ exposures }) =>
    exposures.map(({ path, inner = [], line }) => `${[path, ...inner].join("!")}:${line}`),
  );
  return { code, places: places.sort(), gaps };
}

for (const command of ["range", "staged"] as const) {
  test(`${command} looks at what a new Git LFS pointer stands for`, async () => {
    const root = repository({ a: "x\n" });
    const { pointer, file } = stored(root, `# large\n${leak(1)}`);
    const archive = stored(root, zipped({ "in.env": leak(2) }));
    change(root, command, { "big.env": pointer, "big.zip": archive.pointer });
    assert.deepEqual(await reported(root, command), { code: 1, places: ["big.env:2", "big.zip!in.env:1"], gaps: [] });
    writeFileSync(file, "another content");
    const broken = await reported(root, command);
    assert.deepEqual([broken.places, broken.gaps.map(({ what }) => what)], [["big.zip!in.env:1"], ["big.env"]]);
    rmSync(file);
    const absent = await reported(root, command);
    assert.deepEqual(absent.gaps, [
      { what: "1 file in Git LFS", why: "only pointers are here: git lfs fetch --all brings what they stand for" },
    ]);
  });

  test(`${command}: what the version before stood for already is not new`, async () => {
    const root = repository({ a: "x\n" });
    const before = stored(root, `# one\n${leak(1)}`);
    writeFileSync(join(root, "big.env"), before.pointer);
    git(root, "add", "-A");
    git(root, "commit", "-qm", "before");
    const after = stored(root, `# two\n${leak(1)}\n${leak(2)}`);
    change(root, command, { "big.env": after.pointer });
    assert.deepEqual((await reported(root, command)).places, ["big.env:4"]);
  });
}
