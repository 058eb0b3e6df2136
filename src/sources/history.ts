import { type HashKind, ID_SIZE, TREE } from "../git/object-id.ts";
import type { Objects } from "../git/objects.ts";
import { type Gap, masked } from "../model/index.ts";
import type { ObjectsUnit, Source, SourceEvent, TextUnit, TreesUnit } from "./unit.ts";

/** Packed bytes of one unit: enough to be worth a message, little enough to share out. */
const PORTION = 2 << 20;
/** Loose objects of one unit. */
const FILES = 256;
/** Trees that are no deltas of one unit of trees, and loose objects. */
const TREES = 4096;
const FILES_WITH_TREES = 8192;

/** Names of refs of one unit. */
const NAMES = 2000;

/** All objects of a repository and the names of its refs as units, and what could not be read of it. */
export function historySource(
  name: string,
  objects: Objects,
  hash: HashKind,
  refs: readonly string[],
  gaps: readonly Gap[],
): Source {
  return { name, units: (signal) => unitsOf(objects, hash, refs, gaps, signal) };
}

/** A name may be a secret: what could be one is not shown. */
function* namesUnits(refs: readonly string[]): Generator<TextUnit> {
  for (let from = 0; from < refs.length; from += NAMES) {
    const some = refs.slice(from, from + NAMES);
    yield { kind: "names", names: some.map((text) => ({ shown: `name of ${masked(text)}`, text })) };
  }
}

async function* unitsOf(
  objects: Objects,
  hash: HashKind,
  refs: readonly string[],
  others: readonly Gap[],
  signal: AbortSignal,
): AsyncGenerator<SourceEvent> {
  for (const gap of [...others, ...objects.gaps]) yield { type: "gap", gap };
  for (const unit of [...namesUnits(refs), ...objectsUnits(objects, hash)]) {
    if (signal.aborted) return;
    yield { type: "unit", unit };
  }
}

/** All objects of a repository as units. */
export function* objectsUnits({ packs, loose }: Objects, hash: HashKind): Generator<ObjectsUnit> {
  for (const [pack, { index, end, idle }] of packs.entries()) {
    let from = 0;
    let bytes = 0;
    for (let to = 1; to <= index.count; to++) {
      if (idle?.[to - 1] !== 1) bytes += (to < index.count ? index.offsets[to]! : end) - index.offsets[to - 1]!;
      if (bytes === 0 || (bytes < PORTION && to < index.count)) continue;
      yield { kind: "objects", pack, from, to, bytes };
      from = to;
      bytes = 0;
    }
  }
  for (const [folder, { ids }] of loose.entries()) {
    const count = ids.length / ID_SIZE[hash];
    for (let from = 0; from < count; from += FILES) {
      const to = Math.min(count, from + FILES);
      yield { kind: "objects", folder, from, to, bytes: (to - from) * 4096 };
    }
  }
}

/** How much there is to look through: files' versions, commits and tags, and the bytes of all units. */
export function wholeOf(objects: Objects, hash: HashKind): { objects: number; bytes: number } {
  const packed = objects.packs.map(({ kinds, idle }) =>
    kinds.filter((kind, rank) => kind !== TREE && idle?.[rank] !== 1),
  );
  const loose = objects.loose.map(({ repeated }) => repeated.filter((mark) => mark !== 1));
  const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
  return {
    objects: sum([...packed, ...loose].map(({ length }) => length)),
    bytes: sum([...objectsUnits(objects, hash)].map(({ bytes }) => bytes)),
  };
}

/** All trees of a repository as units, in which the blobs of some ids are to be looked for. */
export function treesUnits({ packs, loose }: Objects, hash: HashKind, wanted: Uint8Array): TreesUnit[] {
  const units: TreesUnit[] = [];
  for (const [pack, { kinds, bases, index }] of packs.entries()) {
    let from = 0;
    for (let to = 1, trees = 0; to <= index.count; to++) {
      if (kinds[to - 1] === TREE && bases[to - 1]! < 0) trees++;
      if (trees < TREES && (to < index.count || trees === 0)) continue;
      units.push({ kind: "trees", pack, from, to, wanted });
      from = to;
      trees = 0;
    }
  }
  for (const [folder, { ids }] of loose.entries()) {
    const count = ids.length / ID_SIZE[hash];
    for (let from = 0; from < count; from += FILES_WITH_TREES)
      units.push({ kind: "trees", folder, from, to: Math.min(count, from + FILES_WITH_TREES), wanted });
  }
  return units;
}
