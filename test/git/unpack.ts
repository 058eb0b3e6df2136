import { readFileSync } from "node:fs";
import { inflateSync } from "node:zlib";
import { idOf, KIND_WORDS } from "../../src/git/object-id.ts";
import { dataSpan, type Pack } from "../../src/git/pack.ts";

/** The ids of all objects of a pack, by rank, computed from their contents: the slow way to know that entries were understood. */
export function computedIds(pack: Pack): readonly string[] {
  const file = readFileSync(pack.path);
  const contents: Buffer[] = [];
  const contentOf = (rank: number): Buffer => {
    const { start, end } = dataSpan(pack, rank);
    const base = pack.bases[rank]!;
    const data = inflateSync(file.subarray(start, end));
    if (data.length !== pack.sizes[rank]) throw new Error(`rank ${rank} has ${data.length} bytes`);
    contents[rank] ??= base < 0 ? data : applied(data, contentOf(base));
    return contents[rank]!;
  };
  return Array.from(pack.kinds, (kind, rank) => idOf(pack.index.hash, KIND_WORDS[kind]!, contentOf(rank)));
}

/** Applies a delta: gitformat-pack(5), "Deltified representation". */
function applied(delta: Buffer, base: Buffer): Buffer {
  let at = 0;
  while (delta[at++]! & 0x80);
  while (delta[at++]! & 0x80);
  const parts: Buffer[] = [];
  while (at < delta.length) {
    const code = delta[at++]!;
    const number = (bits: readonly number[]): number =>
      bits.reduce((sum, bit, i) => (code & bit ? sum + delta[at++]! * 256 ** i : sum), 0);
    if (code & 0x80) {
      const offset = number([1, 2, 4, 8]);
      const size = number([16, 32, 64]) || 0x10000;
      parts.push(base.subarray(offset, offset + size));
    } else {
      parts.push(delta.subarray(at, at + code));
      at += code;
    }
  }
  return Buffer.concat(parts);
}
