import { checkLfs, type LfsPointer, lfsPath, readPointer } from "../git/lfs.ts";
import { whyUnread } from "../git/malformed.ts";
import type { ObjectId } from "../git/object-id.ts";
import { isAbsent } from "../git/regular-file.ts";
import type { BlobId, Provenance } from "../model/index.ts";
import type { Target } from "../sources/blocks.ts";
import { Overdue } from "../sources/failure.ts";
import type { InTime } from "../sources/in-time.ts";
import { openStored } from "../sources/open.ts";
import { openContent } from "../sources/open-content.ts";
import { isArchive, isWrapped } from "../sources/wrapped.ts";
import type { RawMatch, UnitResult } from "./raw.ts";
import { targetOf, type UnitScanner } from "./scan-unit.ts";
import { UnitTally } from "./unit-tally.ts";

/** A file's version that is looked at apart from the others: not as it stands, but as `scan` opens such a file. */
export interface Apart {
  readonly id: ObjectId;
  readonly content: Buffer;
  /** Of a submodule: its path. */
  readonly submodule?: string;
}

/** Whether a version is to be looked at apart, and whether what stands in its own bytes counts nevertheless. */
export function apartOf(bytes: Buffer): "instead" | "also" | undefined {
  if (isWrapped(bytes)) return "instead";
  return readPointer(bytes) ? "also" : undefined;
}

/** Looks at a version apart from the others; `lfs` is where contents in Git LFS are stored. */
export async function scanApart(
  scanner: UnitScanner,
  version: Apart,
  lfs: string,
  inTime: InTime,
  result: UnitTally,
): Promise<void> {
  const pointer = readPointer(version.content);
  if (pointer) return scanPointed(scanner, version, pointer, lfs, inTime, result);
  const content = { bytes: version.content, blob: version.id as string as BlobId };
  await scanText(scanner, version, isArchive(version.content), result, (provenance, target) =>
    openContent({ ...content, provenance }, target, scanner.limits, inTime),
  );
}

type Opener = (provenance: Provenance, target: Target) => void | Promise<void>;

async function scanPointed(
  scanner: UnitScanner,
  version: Apart,
  pointer: LfsPointer,
  lfs: string,
  inTime: InTime,
  result: UnitTally,
): Promise<void> {
  const path = lfsPath(lfs, pointer.oid);
  try {
    checkLfs(path, pointer);
    await scanText(scanner, version, false, result, (provenance, target) =>
      openStored(path, provenance, { ...target, visit: (item) => inTime(() => target.visit(item)) }, scanner.limits),
    );
  } catch (error) {
    if (isAbsent(error)) result.unfetched.push({ id: version.id, oid: pointer.oid });
    else result.gaps.push({ what: `blob ${version.id}`, why: whyUnread(error) });
  }
}

/** Looks at a text as if its path were one of source code, and as if it were not: which one it is, is known later. */
async function scanText(
  scanner: UnitScanner,
  { id, submodule }: Apart,
  isNamed: boolean,
  result: UnitTally,
  opener: Opener,
): Promise<void> {
  const place = { path: `blob ${id}`, object: id, ...(submodule && { submodule }) };
  const provenance = { kind: "history", ...place, stored: "blob", opened: true } as const;
  const inText = await lookAt(scanner, provenance, opener);
  // A version is no file, and its comments and what is left out of it are not told.
  result.merge({ ...inText, matches: [], files: 0, unused: [], skipped: {} });
  if (isNamed) {
    result.matches.push(...inText.matches);
    return;
  }
  const inCode = await lookAt(scanner, { ...provenance, path: `${provenance.path}.c` }, opener);
  const placed = inCode.matches.map((match) => ({
    ...match,
    provenance: { ...match.provenance, path: provenance.path },
  }));
  result.matches.push(
    ...inText.matches.map((match) => (has(placed, match) ? match : { ...match, only: "text" as const })),
    ...placed.filter((match) => !has(inText.matches, match)).map((match) => ({ ...match, only: "code" as const })),
  );
}

/** What takes too long is a gap, beside what was found until then. */
async function lookAt(scanner: UnitScanner, provenance: Provenance, opener: Opener): Promise<UnitTally> {
  const own = new UnitTally();
  const all = new UnitTally();
  const listener = { at: () => {}, part: (result: UnitResult) => all.merge(result), deadline: null };
  try {
    await opener(provenance, targetOf(scanner, own, listener));
  } catch (error) {
    if (!(error instanceof Overdue)) throw error;
    own.gaps.push({ what: `blob ${blobOf(provenance)}`, why: error.message });
  }
  all.merge(own.take());
  return all;
}

const blobOf = (provenance: Provenance): string =>
  provenance.kind === "history" ? provenance.object : provenance.path;

const keyOf = ({ rule, span, provenance }: RawMatch): string =>
  `${rule} ${span.start} ${span.end} ${(provenance.inner ?? []).join("!")}`;

const has = (matches: readonly RawMatch[], wanted: RawMatch): boolean =>
  matches.some((match) => keyOf(match) === keyOf(wanted));
