import { basename } from "node:path";
import type { Gap } from "../model/index.ts";
import { type DeltaForest, deltaForest } from "./delta-forest.ts";
import { Gaps, Malformed } from "./malformed.ts";
import { type HashKind, ID_SIZE } from "./object-id.ts";
import { type EntryHeaders, entryEnd, readHeaders, type ShareHeaders } from "./pack-entries.ts";
import { idOfRank, type PackIndex, readPackIndex } from "./pack-index.ts";
import { type OpenFile, readAt, withFile } from "./regular-file.ts";

/** A pack that was opened: plain data over shared memory, about 65 bytes an object, so that it can be sent to a thread. */
export interface Pack extends EntryHeaders, DeltaForest {
  readonly path: string;
  readonly index: PackIndex;
  /** Where the last entry ends and the checksum begins. */
  readonly end: number;
  /** Whether it ends as its index says; else what of it can be read is given all the same. */
  readonly whole: boolean;
  readonly gaps: readonly Gap[];
}

const HEADER = 12;
const MAGIC = 0x5041434b;

/**
 * Opens a pack by the path of its `.pack`, with the index beside it; of the file 1 MiB is held at a time. What is broken as
 * a whole is `Malformed`, what is broken in parts a gap. `share` may hand the reading of a large one to threads.
 */
export function openPack(path: string, hash: HashKind, share?: ShareHeaders): Pack {
  const index = readPackIndex(path.replace(/\.pack$/, ".idx"), hash);
  return withFile(path, (file) => readPack(path, file, index, share));
}

function readPack(path: string, file: OpenFile, index: PackIndex, share?: ShareHeaders): Pack {
  const end = file.size - ID_SIZE[index.hash];
  checkHeader(file, index, end);
  const gaps = new Gaps();
  const whole = hasChecksum(file, index, end);
  if (!whole)
    gaps.add(path, "pack and index do not belong together, or the pack was cut short: what can be read of it is");
  const entries = readHeaders({ path, file }, index, end, gaps, share);
  const forest = deltaForest(entries);
  for (let rank = 0; rank < index.count; rank++) {
    if (forest.kinds[rank] === 0 && entries.stored[rank] !== 0)
      gaps.add(idOfRank(index, rank), `no object that is whole stands behind its deltas in ${basename(path)}`);
  }
  return { path, index, end, whole, ...entries, ...forest, gaps: gaps.all() };
}

/** gitformat-pack(5), "pack-*.pack files". */
function checkHeader(file: OpenFile, index: PackIndex, end: number): void {
  const head = Buffer.alloc(HEADER);
  if (end < HEADER || readAt(file, head, 0) < HEADER) throw new Malformed("the pack is too short");
  if (head.readUInt32BE(0) !== MAGIC) throw new Malformed("it is no pack");
  const version = head.readUInt32BE(4);
  if (version !== 2 && version !== 3) throw new Malformed(`the pack is of version ${version}, not 2 or 3`);
  if (head.readUInt32BE(8) !== index.count) throw new Malformed("pack and index differ in how many objects there are");
}

function hasChecksum(file: OpenFile, { packChecksum }: PackIndex, end: number): boolean {
  const trailer = Buffer.alloc(packChecksum.length);
  return readAt(file, trailer, end) === trailer.length && trailer.equals(packChecksum);
}

/** Where a rank's zlib stream begins in the file, and the first byte that is no longer its own. */
export function dataSpan(
  { index, headers, end }: Pack,
  rank: number,
): { readonly start: number; readonly end: number } {
  return { start: index.offsets[rank]! + headers[rank]!, end: entryEnd(index, rank, end) };
}
