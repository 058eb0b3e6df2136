import assert from "node:assert/strict";
import { chmodSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { scan } from "../../src/scan/scan.ts";
import { prepareHistory } from "../../src/setup/prepare-history.ts";
import { folder } from "../config/folder.ts";
import { gitWith, packFolder } from "../git/history.ts";
import { mint, seededRandom } from "../mint/mint.ts";
import { git } from "../sources/repository.ts";

// Packs that git made, with bytes changed anywhere, through the whole of `leakreach history`, provenance included.

const CASES = Number(process.env.LEAKREACH_FUZZ ?? 60);
const random = seededRandom(20261122);
const upTo = (most: number): number => Math.floor(random() * most);
const token = (): string => Buffer.from(mint("ghp_{{crc32-base62 30}}", random)).toString("latin1");

/** Forty versions of three files, with a token now and then, and a tag. */
function repositoryOf(...repack: readonly string[]): string {
  const root = folder({});
  git(root, "init", "-q", "-b", "main");
  const files = ["a.c", "src/b.env", "src/deep/c.txt"];
  const lines = files.map(() => Array.from({ length: 40 }, (_, i) => `line ${i} ${upTo(1e9)}\n`));
  const stream: string[] = [];
  for (let i = 1; i <= 40; i++) {
    const own = lines[upTo(lines.length)]!;
    own.splice(upTo(own.length), upTo(2), random() < 0.4 ? `key = "${token()}"\n` : `changed ${upTo(1e9)}\n`);
    stream.push(`commit refs/heads/main\nmark :${i}\ncommitter A <a@example.org> ${1_700_000_000 + i} +0000\n`);
    stream.push(sized(i % 8 === 0 ? `use ${token()}\n` : `change ${i}\n`), i > 1 ? `from :${i - 1}\n` : "");
    for (const [at, path] of files.entries()) stream.push(`M 100644 inline ${path}\n${sized(lines[at]!.join(""))}`);
  }
  stream.push(`tag v1\nfrom :40\ntagger A <a@example.org> 1700000099 +0000\n${sized(`release ${token()}\n`)}`);
  gitWith(root, Buffer.from(stream.join("")), "fast-import", "--quiet");
  git(root, ...repack);
  return root;
}

const sized = (content: string): string => `data ${Buffer.byteLength(content)}\n${content}\n`;

interface Looked {
  readonly found: readonly { readonly object: string; readonly place: string }[];
  readonly gaps: number;
}

async function lookThrough(root: string): Promise<Looked> {
  const { sources, options } = await prepareHistory({ repository: root, jobs: 1 }, new AbortController().signal);
  const found: { object: string; place: string }[] = [];
  let gaps = 0;
  for await (const event of scan(sources, options)) {
    if (event.type === "gap") gaps++;
    if (event.type !== "match") continue;
    const { blob, rule, span } = event.match;
    found.push({ object: blob, place: `${rule} ${span.start}-${span.end}` });
  }
  return { found, gaps };
}

interface Entry {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly base?: string;
}

/** Where the objects of a pack stand, as git says. */
function entriesOf(root: string, pack: string): readonly Entry[] {
  return git(root, "verify-pack", "-v", pack)
    .split("\n")
    .flatMap((line) => {
      const [id, kind, , packed, at, , base] = line.split(/\s+/);
      if (!/^[0-9a-f]{40}$/.test(id!) || !["blob", "commit", "tree", "tag"].includes(kind!)) return [];
      return [{ id: id!, from: Number(at), to: Number(at) + Number(packed), ...(base && { base }) }];
    });
}

/** The objects that some changed bytes may have broken: those they stand in, and what is made from them. */
function touched(entries: readonly Entry[], places: readonly number[]): ReadonlySet<string> {
  const broken = new Set(
    entries.filter(({ from, to }) => places.some((at) => from <= at && at < to)).map(({ id }) => id),
  );
  for (let before = -1; before < broken.size; ) {
    before = broken.size;
    for (const { id, base } of entries) if (base !== undefined && broken.has(base)) broken.add(id);
  }
  return broken;
}

/** Changes some bytes, and tells which. */
function mutated(good: Buffer): { bytes: Buffer; places: readonly number[] } {
  const bytes = Buffer.from(good);
  const kind = random();
  const start = upTo(bytes.length);
  if (kind < 0.1)
    return {
      bytes: bytes.subarray(0, start),
      places: Array.from({ length: bytes.length - start }, (_, i) => start + i),
    };
  const length = kind < 0.6 ? 1 : 1 + upTo(40);
  const places = Array.from({ length: Math.min(length, bytes.length - start) }, (_, i) => start + i);
  const from = upTo(bytes.length);
  for (const [i, at] of places.entries()) bytes[at] = kind < 0.8 ? upTo(256) : good[(from + i) % good.length]!;
  return { bytes, places };
}

for (const [name, ...repack] of [
  ["deltas by offset", "repack", "-adfq", "--depth=20", "--window=20"],
  ["deltas by id", "-c", "repack.useDeltaBaseOffset=false", "repack", "-adfq", "--depth=20"],
] as const) {
  test(`${CASES} packs with changed bytes (${name}): gaps, and what is not broken is found`, async () => {
    const root = repositoryOf(...repack);
    const [file] = readdirSync(packFolder(root)).filter((one) => one.endsWith(".pack"));
    const pack = join(packFolder(root), file!);
    const good = readFileSync(pack);
    const entries = entriesOf(root, pack);
    const before = await lookThrough(root);
    assert.equal(before.gaps, 0);
    assert.ok(before.found.length > 50);
    chmodSync(pack, 0o644);
    const seen = { gaps: 0, whole: 0 };
    for (let i = 0; i < CASES; i++) {
      const { bytes, places } = mutated(good);
      writeFileSync(pack, bytes);
      const after = await lookThrough(root);
      const changed = places.some((at) => bytes[at] !== good[at]);
      const isWhole = bytes.length < good.length || places.some((at) => at < 12 || at >= good.length - 20);
      if (after.gaps > 0) seen.gaps++;
      if (isWhole && changed) {
        seen.whole++;
        assert.ok(after.gaps > 0, `case ${i}`);
        continue;
      }
      const broken = touched(entries, places);
      const kept = ({ object }: Looked["found"][number]): boolean => !broken.has(object);
      assert.deepEqual(sorted(after.found.filter(kept)), sorted(before.found.filter(kept)), `case ${i}`);
    }
    if (CASES > 1000) process.stderr.write(`${JSON.stringify({ cases: CASES, ...seen })}\n`);
    assert.ok(seen.gaps > CASES / 2);
  });
}

const sorted = (found: Looked["found"]): string[] => found.map(({ object, place }) => `${object} ${place}`).sort();
