import { type HashKind, ID_SIZE, TREE } from "../git/object-id.ts";
import type { Objects } from "../git/objects.ts";
import type { Refs } from "../git/refs.ts";
import { type Gap, masked } from "../model/index.ts";
import type { ObjectsUnit, Source, SourceEvent, TextUnit, TreesUnit } from "./unit.ts";

/** Packed bytes of one unit, least and most: enough to be worth a message, at the end little enough that no thread waits for another. */
const LEAST = 1 << 20;
const MOST = 8 << 20;
/** Units that each thread gets of what is left, if they stay as large. */
const SHARES = 8;
/** Loose objects of one unit. */
const FILES = 256;
/** Trees that are no deltas of one unit of trees, and loose objects. */
const TREES = 4096;
const FILES_WITH_TREES = 8192;

/** Names and messages of one unit. */
const NAMES = 2000;

/** What of a repository becomes units. */
export interface HistoryPart {
  readonly objects: Objects;
  readonly hash: HashKind;
  readonly refs: Pick<Refs, "refs" | "reflogs">;
  /** Of a submodule: its path. */
  readonly submodule?: string;
}

/** All objects of a repository, and of its submodules if they are given, as units with the names of their refs; and what could not be read. */
export function historySource(name: string, parts: readonly HistoryPart[], gaps: readonly Gap[], jobs: number): Source {
  return { name, units: (signal) => unitsOf(parts, gaps, jobs, signal) };
}

/** Names of refs, and messages of their logs. A name may be a secret: what could be one is not shown. */
function* namesUnits({ refs: { refs, reflogs }, submodule }: HistoryPart): Generator<TextUnit> {
  const where = submodule === undefined ? "" : `${submodule}: `;
  const names = [...new Set(refs.map(({ name }) => name))];
  const messages = new Map(reflogs.flatMap((log) => log.messages.map((text) => [text, log.name] as const)));
  const all = [
    ...names.map((text) => ({ shown: `${where}name of ${masked(text)}`, text })),
    ...[...messages].map(([text, log]) => ({ shown: `${where}reflog of ${masked(log)}`, text })),
  ];
  for (let from = 0; from < all.length; from += NAMES) yield { kind: "names", names: all.slice(from, from + NAMES) };
}

async function* unitsOf(
  parts: readonly HistoryPart[],
  gaps: readonly Gap[],
  jobs: number,
  signal: AbortSignal,
): AsyncGenerator<SourceEvent> {
  for (const gap of gaps) yield { type: "gap", gap };
  for (const [repository, part] of parts.entries()) {
    for (const unit of [...namesUnits(part), ...objectsUnits(part, repository, jobs)]) {
      if (signal.aborted) return;
      yield { type: "unit", unit };
    }
  }
}

/** All objects of a repository as units for some threads. */
export function* objectsUnits(
  { objects: { packs, loose }, hash }: Pick<HistoryPart, "objects" | "hash">,
  repository: number,
  jobs: number,
): Generator<ObjectsUnit> {
  for (const [pack, { index, end, idle }] of packs.entries()) {
    let from = 0;
    let bytes = 0;
    let portion = portionOf(end, jobs);
    for (let to = 1; to <= index.count; to++) {
      if (idle?.[to - 1] !== 1) bytes += (to < index.count ? index.offsets[to]! : end) - index.offsets[to - 1]!;
      if (bytes === 0 || (bytes < portion && to < index.count)) continue;
      yield { kind: "objects", repository, pack, from, to, bytes };
      from = to;
      bytes = 0;
      portion = portionOf(end - (index.offsets[from] ?? end), jobs);
    }
  }
  for (const [folder, { ids }] of loose.entries()) {
    const count = ids.length / ID_SIZE[hash];
    for (let from = 0; from < count; from += FILES) {
      const to = Math.min(count, from + FILES);
      yield { kind: "objects", repository, folder, from, to, bytes: (to - from) * 4096 };
    }
  }
}

const portionOf = (left: number, jobs: number): number =>
  Math.min(MOST, Math.max(LEAST, left / (SHARES * Math.max(1, jobs))));

/** How much there is to look through: files' versions, commits and tags, and the bytes of all units. */
export function wholeOf(parts: readonly HistoryPart[]): { objects: number; bytes: number } {
  const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
  const counted = parts.flatMap(({ objects: { packs, loose } }) => [
    ...packs.map(({ kinds, idle }) => kinds.filter((kind, rank) => kind !== TREE && idle?.[rank] !== 1)),
    ...loose.map(({ repeated }) => repeated.filter((mark) => mark !== 1)),
  ]);
  return {
    objects: sum(counted.map(({ length }) => length)),
    bytes: sum(parts.flatMap((part) => [...objectsUnits(part, 0, 1)]).map(({ bytes }) => bytes)),
  };
}

/** All trees of a repository as units, in which the blobs of some ids are to be looked for. */
export function treesUnits({ packs, loose }: Objects, hash: HashKind, wanted: Uint8Array, repository = 0): TreesUnit[] {
  const units: TreesUnit[] = [];
  for (const [pack, { kinds, bases, index, idle }] of packs.entries()) {
    let from = 0;
    for (let to = 1, trees = 0; to <= index.count; to++) {
      if (kinds[to - 1] === TREE && bases[to - 1]! < 0 && idle?.[to - 1] !== 1) trees++;
      if (trees < TREES && (to < index.count || trees === 0)) continue;
      units.push({ kind: "trees", repository, pack, from, to, wanted });
      from = to;
      trees = 0;
    }
  }
  for (const [folder, { ids }] of loose.entries()) {
    const count = ids.length / ID_SIZE[hash];
    for (let from = 0; from < count; from += FILES_WITH_TREES)
      units.push({ kind: "trees", repository, folder, from, to: Math.min(count, from + FILES_WITH_TREES), wanted });
  }
  return units;
}
