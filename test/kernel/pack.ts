import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { seededRandom } from "../mint/mint.ts";
import { git, repository } from "../sources/repository.ts";

/** An object as a pack of git's holds it: its zlib stream, and what that and the object itself should be. */
export interface Packed {
  readonly id: string;
  readonly stream: Buffer;
  readonly size: number;
  /** The object's bytes; those of a delta's base. */
  readonly bytes: Buffer;
  readonly base?: Buffer;
}

/** Every object of a repository made for this: 12 versions of three files, packed with deltas, once with each compression. */
export function packedObjects(...compressions: readonly number[]): Packed[] {
  const random = seededRandom(1);
  const files = [lines(random, 400), lines(random, 30), lines(random, 900)];
  const root = repository({});
  for (let version = 0; version < 12; version++) {
    files.forEach((file, i) => {
      change(file, random);
      writeFileSync(join(root, `${i}.txt`), file.join("\n"));
    });
    git(root, "add", "-A");
    git(root, "commit", "-qm", `version ${version}`);
  }
  return compressions.flatMap((compression) => {
    git(root, "-c", `pack.compression=${compression}`, "repack", "-q", "-a", "-d", "-F", "--depth=50", "--window=20");
    const folder = join(root, ".git/objects/pack");
    const name = readdirSync(folder).find((file) => file.endsWith(".pack"))!;
    return entries(root, readFileSync(join(folder, name)), git(root, "verify-pack", "-v", join(folder, name)));
  });
}

/** `verify-pack -v` lists id, kind, size, packed size, offset, and of a delta its depth and the id of its base. */
function entries(root: string, pack: Buffer, listing: string): Packed[] {
  const rows = listing
    .split("\n")
    .map((line) => line.split(/\s+/))
    .filter(([id]) => /^[0-9a-f]{40}$/.test(id!));
  const contents = objects(
    root,
    rows.map(([id]) => id!),
  );
  return rows.map(([id, , size, packed, offset, , base]) => {
    const entry = pack.subarray(Number(offset), Number(offset) + Number(packed));
    const plain = { id: id!, stream: entry.subarray(headLength(entry)), size: Number(size), bytes: contents.get(id!)! };
    return base === undefined ? plain : { ...plain, base: contents.get(base)! };
  });
}

/** What `git cat-file --batch` says of each: a line of id, kind and size, the bytes, a line feed. */
function objects(root: string, ids: readonly string[]): Map<string, Buffer> {
  const args = ["-C", root, "cat-file", "--batch"];
  const out = execFileSync("git", args, { input: `${ids.join("\n")}\n`, maxBuffer: 1 << 28 });
  const found = new Map<string, Buffer>();
  for (let at = 0; at < out.length; ) {
    const feed = out.indexOf(10, at);
    const [id, , size] = out.toString("latin1", at, feed).split(" ");
    at = feed + 1 + Number(size) + 1;
    found.set(id!, out.subarray(feed + 1, at - 1));
  }
  return found;
}

/** gitformat-pack(5): kind and size, seven bits a byte after the first; of an `ofs-delta` (kind 6) the distance too. */
function headLength(entry: Buffer): number {
  let at = 0;
  const kind = (entry[0]! >> 4) & 7;
  while (entry[at++]! & 128);
  if (kind === 6) while (entry[at++]! & 128);
  return at;
}

/** The delta that an entry with a base holds. */
export const deltaOf = (entry: Packed): Buffer => inflateSync(entry.stream);

function lines(random: () => number, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${i}: ${Math.floor(random() * 2 ** 40).toString(36)} of ${i % 17}`);
}

function change(file: string[], random: () => number): void {
  for (let i = 0; i < 6; i++) {
    const at = Math.floor(random() * file.length);
    const what = random();
    if (what < 0.3) file.splice(at, Math.ceil(random() * 5));
    else if (what < 0.7) file.splice(at, 0, ...lines(random, Math.ceil(random() * 6)));
    else file.splice(at, 0, ...file.splice(Math.floor(random() * file.length), 12));
  }
}
