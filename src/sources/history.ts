import { type HashKind, ID_SIZE } from "../git/object-id.ts";
import type { Objects } from "../git/objects.ts";
import type { Gap } from "../model/index.ts";
import type { Source, SourceEvent } from "./unit.ts";

/** Packed bytes of one unit: enough to be worth a message, little enough to share out. */
const PORTION = 2 << 20;
/** Loose objects of one unit. */
const FILES = 256;

/** All objects of a repository as units, and what could not be read of it. */
export function historySource(name: string, objects: Objects, hash: HashKind, gaps: readonly Gap[]): Source {
  return { name, units: (signal) => unitsOf(objects, hash, gaps, signal) };
}

async function* unitsOf(
  { packs, loose, gaps }: Objects,
  hash: HashKind,
  others: readonly Gap[],
  signal: AbortSignal,
): AsyncGenerator<SourceEvent> {
  for (const gap of [...others, ...gaps]) yield { type: "gap", gap };
  for (const [pack, { index, end }] of packs.entries()) {
    let from = 0;
    for (let to = 1; to <= index.count && !signal.aborted; to++) {
      const bytes = (to < index.count ? index.offsets[to]! : end) - index.offsets[from]!;
      if (bytes < PORTION && to < index.count) continue;
      yield { type: "unit", unit: { kind: "objects", pack, from, to, bytes } };
      from = to;
    }
  }
  for (const [folder, { ids }] of loose.entries()) {
    const count = ids.length / ID_SIZE[hash];
    for (let from = 0; from < count && !signal.aborted; from += FILES) {
      const to = Math.min(count, from + FILES);
      yield { type: "unit", unit: { kind: "objects", folder, from, to, bytes: (to - from) * 4096 } };
    }
  }
}
