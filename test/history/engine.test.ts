import assert from "node:assert/strict";
import { chmodSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parse } from "yaml";
import type { Engine } from "../../src/history/find.ts";
import type { WrittenRule } from "../../src/model/index.ts";
import { scan } from "../../src/scan/scan.ts";
import { prepareHistory } from "../../src/setup/prepare-history.ts";
import { folder } from "../config/folder.ts";
import { gitWith, packFolder } from "../git/history.ts";
import { mint, seededRandom } from "../mint/mint.ts";
import { git } from "../sources/repository.ts";

// The law on real repositories: both engines find the same, in packs as git makes them.

const random = seededRandom(20261121);
const upTo = (most: number) => Math.floor(random() * most);
const oneOf = <T>(list: readonly T[]): T => list[upTo(list.length)]!;
const examples = readdirSync("rules/providers")
  .filter((name) => name.endsWith(".yml"))
  .flatMap((name) => (parse(readFileSync(`rules/providers/${name}`, "utf8")) as { rules: WrittenRule[] }).rules)
  .flatMap((rule) => rule.examples);
const token = (): string => Buffer.from(mint(oneOf(examples), random)).toString("latin1");

/** Lines of a file: code, and now and then a token, in one piece or in two. */
function line(): string {
  const kind = random();
  if (kind < 0.85)
    return `const value${upTo(1000)} = compute(${upTo(100)}, "${oneOf(["a", "b", "token", "password"])}");\n`;
  if (kind < 0.95) return `${token()}\n`;
  return `${token().slice(0, 20)}\n`;
}

/** A repository of versions of a few files, changed anywhere, with merges, messages and tags that hold tokens. */
function planted(commits: number): string {
  const root = folder({});
  git(root, "init", "-q", "-b", "main");
  const files = new Map(
    ["src/a.c", "config.env", "notes.txt", "keys.yml"].map((path) => [path, Array.from({ length: 60 }, line)]),
  );
  const stream: string[] = [];
  for (let i = 1; i <= commits; i++) {
    for (let edits = 1 + upTo(4); edits > 0; edits--) {
      const lines = files.get(oneOf([...files.keys()]))!;
      const at = upTo(lines.length);
      const kind = random();
      if (kind < 0.4) lines.splice(at, 0, line());
      else if (kind < 0.6) lines.splice(at, 1 + upTo(3));
      else if (kind < 0.8) lines[at] = `${lines[at]!.slice(0, upTo(lines[at]!.length))}${line()}`;
      else lines.splice(upTo(lines.length), 0, ...lines.slice(at, at + 4));
    }
    const branch = i % 7 === 0 ? "side" : "main";
    stream.push(
      `commit refs/heads/${branch}\nmark :${i}\ncommitter A U Thor <author@example.org> ${1_700_000_000 + i} +0000\n`,
    );
    stream.push(sized(i % 9 === 0 ? `fix: ${token()}\n` : `commit ${i}\n`));
    if (i > 1) stream.push(`from :${i - 1}\n`);
    if (i > 12 && i % 10 === 0) stream.push(`merge :${i - 3}\n`);
    for (const [path, lines] of files) stream.push(`M 100644 inline ${path}\n${sized(lines.join(""))}`);
  }
  stream.push(`tag v1\nfrom :${commits}\ntagger A <a@example.org> 1700009999 +0000\n${sized(`release ${token()}\n`)}`);
  gitWith(root, Buffer.from(stream.join(""), "latin1"), "fast-import", "--quiet");
  return root;
}

const sized = (content: string): string => `data ${Buffer.byteLength(content, "latin1")}\n${content}\n`;

async function found(root: string, engine: Engine, memory = 512) {
  const { sources, options } = await prepareHistory(
    { repository: root, engine, provenance: false, lineHashes: false, jobs: 1, memory },
    new AbortController().signal,
  );
  const list: string[] = [];
  const gaps: string[] = [];
  for await (const event of scan(sources, options)) {
    if (event.type === "gap") gaps.push(`${event.gap.what}: ${event.gap.why}`);
    if (event.type !== "match") continue;
    const { rule, blob, region, span, only, encodings, secret } = event.match;
    list.push(
      `${rule} ${blob} ${region.line}:${region.column} ${span.start}-${span.end} ${only ?? ""} ${encodings.join()} ${secret.length}`,
    );
  }
  return { list: list.sort(), gaps };
}

for (const [name, ...repack] of [
  ["as fast-import packs it"],
  ["repacked deeply", "repack", "-adfq", "--depth=50", "--window=50"],
  ["repacked flat", "repack", "-adfq", "--depth=1", "--window=2"],
  ["with deltas that name their base by id", "-c", "repack.useDeltaBaseOffset=false", "repack", "-adfq", "--depth=10"],
] as const) {
  test(`both engines find the same in a repository ${name}`, async () => {
    const root = planted(60);
    if (repack.length > 0) git(root, ...repack);
    const delta = await found(root, "delta");
    const full = await found(root, "full");
    assert.deepEqual(delta, full);
    assert.deepEqual(delta.gaps, []);
    assert.ok(delta.list.length > 100, `only ${delta.list.length} found`);
    assert.ok(delta.list.some((each) => !each.includes("only")));
  });
}

test("loose objects are looked through as packed ones are", async () => {
  const root = planted(20);
  const before = await found(root, "delta");
  const packs = readdirSync(packFolder(root)).filter((file) => file.endsWith(".pack"));
  const bytes = packs.map((file) => readFileSync(join(packFolder(root), file)));
  for (const file of readdirSync(packFolder(root)))
    git(root, "-c", "alias.x=!rm -f", "x", join(packFolder(root), file));
  for (const pack of bytes) gitWith(root, pack, "unpack-objects", "-q");
  assert.deepEqual(await found(root, "delta"), before);
});

test("little memory cuts trees of deltas and loses nothing", async () => {
  const root = planted(40);
  git(root, "repack", "-adfq", "--depth=50", "--window=50");
  assert.deepEqual((await found(root, "delta", 24)).list, (await found(root, "delta")).list);
});

test("memory that no thread can work in is a mistake, and little of it means fewer threads", async () => {
  const root = planted(3);
  const prepared = (memory: number) =>
    prepareHistory({ repository: root, jobs: 4, memory }, new AbortController().signal);
  await assert.rejects(prepared(63), /--memory.*64/);
  assert.equal((await prepared(130)).options.jobs, 2);
});

test("with more than two gibibytes for one thread all is read, packed or not", async () => {
  const root = planted(3);
  const usual = await found(root, "delta");
  assert.deepEqual(await found(root, "delta", 4096), usual);
  git(root, "repack", "-adfq");
  assert.deepEqual((await found(root, "delta", 4096)).gaps, []);
});

test("a loose object that memory does not hold is a gap, and the others are looked through", async () => {
  const root = planted(3);
  const large = Buffer.alloc(9.6 * 2 ** 20, "a line of text\n");
  const id = gitWith(root, large, "hash-object", "-w", "--stdin").toString().trim();
  const { list, gaps } = await found(root, "delta", 20);
  assert.ok(list.length > 0);
  assert.deepEqual(gaps, [`${id}: it needs more memory than is allowed: raise --memory`]);
});

test("of a pack that is cut short, what can be read is looked through by both engines, and other copies count first", async () => {
  const root = planted(20);
  git(root, "repack", "-adfq");
  const whole = await found(root, "delta");
  const [name] = readdirSync(packFolder(root)).filter((file) => file.endsWith(".pack"));
  const path = join(packFolder(root), name!);
  const bytes = readFileSync(path);
  chmodSync(path, 0o644);
  writeFileSync(path, bytes.subarray(0, bytes.length * 0.9));
  const cut = await found(root, "delta");
  assert.deepEqual(cut, await found(root, "full"));
  assert.ok(0 < cut.list.length && cut.list.length < whole.list.length, `${cut.list.length} of ${whole.list.length}`);
  assert.ok(cut.list.every((each) => whole.list.includes(each)));
  assert.match(cut.gaps[0]!, /cut short/);
  const other = folder({});
  git(other, "init", "-q");
  gitWith(other, bytes, "unpack-objects", "-q");
  writeFileSync(join(root, ".git/objects/info/alternates"), `${join(other, ".git/objects")}\n`);
  const mended = await found(root, "delta");
  assert.deepEqual(mended.list, whole.list);
  assert.ok(mended.gaps.length < cut.gaps.length);
});

test("a broken object is a gap that names it, and the others are still looked through", async () => {
  const root = planted(30);
  git(root, "repack", "-adfq", "--depth=10");
  const before = await found(root, "delta");
  const [pack] = readdirSync(packFolder(root)).filter((file) => file.endsWith(".pack"));
  const path = join(packFolder(root), pack!);
  git(root, "-c", "alias.x=!chmod u+w", "x", path);
  const bytes = readFileSync(path);
  // Trees are not looked through, so one place could be of no matter.
  for (let i = 1; i < 10; i++) bytes[Math.floor((bytes.length * i) / 10)]! ^= 0x55;
  writeFileSync(path, bytes);
  const after = await found(root, "delta");
  assert.ok(after.gaps.length > 0);
  assert.match(after.gaps.join("\n"), /^[0-9a-f]{40}: /m);
  assert.ok(after.list.length > 0);
  assert.ok(after.list.every((each) => before.list.includes(each)));
});
