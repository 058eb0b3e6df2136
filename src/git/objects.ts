import { statSync } from "node:fs";
import { join } from "node:path";
import type { Gap } from "../model/index.ts";
import { namesIn } from "./folder.ts";
import { listLoose } from "./loose.ts";
import { Gaps } from "./malformed.ts";
import { type HashKind, ID_SIZE, type ObjectId, searchId } from "./object-id.ts";
import { openPack, type Pack } from "./pack.ts";
import type { ShareHeaders } from "./pack-entries.ts";
import { findId, ranksOf } from "./pack-index.ts";
import { type IdGroup, markRepeated } from "./repeated.ts";
import type { Repository } from "./repository.ts";

/** All objects of a repository: those in packs, the largest pack first, and those with a file of their own. */
export interface Objects {
  readonly packs: readonly StoredPack[];
  readonly loose: readonly LooseObjects[];
  /** Whether a pack came from a remote that keeps further objects back (a `.promisor` file). */
  readonly partial: boolean;
  readonly gaps: readonly Gap[];
}

/** A pack of a repository. */
export interface StoredPack extends Pack {
  /** By position in the index: 1 where the object is also elsewhere, and counts there. */
  readonly repeated: Uint8Array;
  /** By rank: 1 where neither the object nor anything that is made from it counts. */
  readonly idle?: Uint8Array;
}

/** Whether the object of a rank is also elsewhere, and counts there. */
export const countsElsewhere = ({ index, repeated }: StoredPack, rank: number): boolean =>
  repeated[index.positions[rank]!] === 1;

/** Objects that have files of their own in one folder. */
export interface LooseObjects {
  readonly folder: string;
  /** The ids one after the other, ascending. */
  readonly ids: Uint8Array;
  /** By place in `ids`: 1 where the object is also elsewhere, and counts there. */
  readonly repeated: Uint8Array;
}

/** Lists the objects of a repository, but for packs that are passed over. Packs that are open need not be opened again. */
export function listObjects(
  { objectFolders, hash }: Repository,
  isPassed: (path: string) => boolean = () => false,
  open: readonly Pack[] = [],
  share?: ShareHeaders,
): Objects {
  const known = new Map(open.map((pack) => [pack.path, pack]));
  const gaps = new Gaps();
  const found = objectFolders.map((folder) => packsIn(join(folder, "pack"), gaps));
  const opened: Pack[] = [];
  for (const { path } of found.flatMap(({ packs }) => packs).sort((a, b) => b.size - a.size)) {
    if (isPassed(path)) continue;
    const pack = known.get(path) ?? gaps.try(path, () => openPack(path, hash, share));
    if (pack) opened.push(pack);
  }
  const folders = objectFolders.map((folder) => ({ folder, ids: listLoose(folder, hash, gaps) }));
  const marks = markRepeated([...opened.map(idsOf), ...folders], ID_SIZE[hash]);
  const packs = opened.map((pack, i) => ({ ...pack, repeated: marks[i]! }));
  for (const pack of packs) for (const gap of pack.gaps) if (!isRepeated(pack, gap)) gaps.add(gap.what, gap.why);
  return {
    packs,
    loose: folders.map((one, i) => ({ ...one, repeated: marks[packs.length + i]! })),
    partial: found.some(({ promised }) => promised),
    gaps: gaps.all(),
  };
}

interface PackFolder {
  readonly packs: readonly { readonly path: string; readonly size: number }[];
  readonly promised: boolean;
}

/** The packs that have an index. One half without the other is a gap, unless git is at work on it. */
function packsIn(folder: string, gaps: Gaps): PackFolder {
  const files = new Set(namesIn(folder, gaps));
  const packs: { path: string; size: number }[] = [];
  for (const file of files) {
    const other = file.replace(/\.(?:pack|idx)$/, (end) => (end === ".pack" ? ".idx" : ".pack"));
    if (other === file || /^(?:tmp_|\.tmp-)/.test(file)) continue;
    const path = join(folder, file);
    if (!files.has(other)) gaps.add(path, `${other} is missing beside it: git fsck says what that means`);
    else if (file.endsWith(".pack")) packs.push({ path, size: gaps.try(path, () => statSync(path).size) ?? 0 });
  }
  return { packs, promised: [...files].some((file) => file.endsWith(".promisor")) };
}

/** A copy whose entry is broken, or whose pack is, does not count if there is another one. */
function idsOf({ index, kinds, whole }: Pack): IdGroup {
  const broken = new Uint8Array(index.count);
  for (let rank = 0; rank < index.count; rank++) if (!whole || kinds[rank] === 0) broken[index.positions[rank]!] = 1;
  return { ids: index.ids, broken };
}

const isId = (text: string, hash: HashKind): boolean => text.length === 2 * ID_SIZE[hash] && !/[^0-9a-f]/.test(text);

function isRepeated({ index, repeated }: StoredPack, { what }: Gap): boolean {
  if (!isId(what, index.hash)) return false;
  const position = findId(index, Buffer.from(what, "hex"));
  return position >= 0 && repeated[position] === 1;
}

/** Where an object is: in a pack by its position there, or in a file of its own in a folder. */
export type Place = { readonly pack: StoredPack; readonly rank: number } | { readonly folder: string };

/** Finds objects by their ids; gives undefined for those that the repository does not have. */
export function finder({ packs, loose }: Objects): (id: ObjectId) => Place | undefined {
  const ranks = packs.map(({ index }) => ranksOf(index));
  return (id) => {
    const bytes = Buffer.from(id, "hex");
    for (const [i, pack] of packs.entries()) {
      const position = findId(pack.index, bytes);
      if (position >= 0 && pack.repeated[position] !== 1) return { pack, rank: ranks[i]![position]! };
    }
    for (const { folder, ids, repeated } of loose) {
      const place = searchId(ids, bytes, 0, bytes.length, 0, repeated.length - 1);
      if (place >= 0 && repeated[place] !== 1) return { folder };
    }
    return undefined;
  };
}
