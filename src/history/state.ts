import { crc32 } from "node:zlib";
import { asObjectId, type HashKind, ID_SIZE, type ObjectId } from "../git/object-id.ts";
import { isAbsent, readSmall } from "../git/regular-file.ts";
import { type Gap, LEVELS, type Level, ScanError } from "../model/index.ts";

/** What earlier runs looked through, and what they found: fingerprints, never a secret. */
export interface ScanState {
  /** Where the repository was; said in messages. */
  readonly repository: string;
  readonly hash: HashKind;
  /** Hash of everything that decides what is found. */
  readonly rules: string;
  /** What some refs named: a repository that has one of them is taken to be the same. */
  readonly tips: readonly ObjectId[];
  /** Checksums of packs that were looked through from end to end: what of them left a gap is in `unread`. */
  readonly packs: readonly string[];
  readonly unread: readonly UnreadVersion[];
  /** Hash of the limits that `unread` was told under. */
  readonly limits: string;
  readonly findings: readonly KnownFinding[];
  /** Paths of the submodules that HEAD had. */
  readonly submodules: readonly string[];
  /** Ids of all objects that need no look again, one after the other, ascending. */
  readonly ids: Uint8Array;
}

/** A version that an earlier run could not read all of, so that it is not looked at again as long as nothing has changed. */
export interface UnreadVersion {
  readonly id: ObjectId;
  /** Checksums of the known packs that hold it. */
  readonly packs: readonly string[];
  readonly gaps: readonly Gap[];
  /** It is a pointer to this content in Git LFS, which was not here. */
  readonly oid?: string;
}

/** A finding that an earlier run reported. */
export interface KnownFinding {
  readonly fingerprint: string;
  readonly rule: string;
  readonly level: Level;
}

const MAGIC = "leakreach-state";
const FORMAT = 1;
const LARGEST = 2 ** 31;
/** As many versions that could not be read are remembered; with more, their packs are looked through again. */
export const MOST_UNREAD = 10_000;
const AGAIN = "remove the file, and the next run looks through everything";

/** Reads a state; undefined if there is no such file. Whatever is wrong with it is an error, never a scan that passes something over. */
export function readState(path: string): ScanState | undefined {
  const bytes = bytesOf(path);
  return bytes && parseState(path, bytes);
}

function bytesOf(path: string): Buffer | undefined {
  try {
    return readSmall(path, LARGEST);
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw invalid(path, `cannot be read (${(error as NodeJS.ErrnoException).code ?? (error as Error).message})`);
  }
}

/** Reads a state from its bytes: a line with format and checksum, a line of JSON, the ids. */
export function parseState(path: string, bytes: Buffer): ScanState {
  const first = bytes.indexOf("\n");
  const head = /^leakreach-state (\d{1,9}) ([0-9a-f]{8})$/.exec(bytes.toString("latin1", 0, Math.min(first, 200)));
  if (!head) throw invalid(path, `is no state of leakreach, or is damaged: ${AGAIN}`);
  if (Number(head[1]) !== FORMAT)
    throw invalid(path, `is of format ${head[1]}, and this leakreach reads ${FORMAT}: use a newer one, or ${AGAIN}`);
  const body = bytes.subarray(first + 1);
  if (checksum([body]) !== head[2]) throw invalid(path, `is damaged: ${AGAIN}`);
  const second = body.indexOf("\n");
  const state = checked(jsonOf(body.toString("utf8", 0, Math.max(0, second))), body.subarray(second + 1));
  if (!state) throw invalid(path, `holds something else than a state: ${AGAIN}`);
  return state;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A state as it stands in its file, in pieces. */
export function statePieces({ ids, ...rest }: ScanState): readonly Uint8Array[] {
  const json = Buffer.from(`${JSON.stringify(rest)}\n`);
  return [Buffer.from(`${MAGIC} ${FORMAT} ${checksum([json, ids])}\n`), json, ids];
}

const checksum = (pieces: readonly Uint8Array[]): string =>
  pieces
    .filter(({ length }) => length > 0) // zlib begins anew at an empty piece
    .reduce((sum, piece) => crc32(piece, sum), 0)
    .toString(16)
    .padStart(8, "0");

/** The checksum holds against accidents; this against whoever writes a state by hand. */
function checked(value: unknown, ids: Uint8Array): ScanState | undefined {
  const fields = (value ?? {}) as Record<string, unknown>;
  const { repository, hash, rules, tips, packs, unread = [], limits = "", findings, submodules } = fields;
  if (hash !== "sha1" && hash !== "sha256") return undefined;
  const isId = (id: unknown): id is ObjectId => typeof id === "string" && asObjectId(id, hash) !== undefined;
  if (typeof repository !== "string" || typeof rules !== "string" || ids.length % ID_SIZE[hash] !== 0) return undefined;
  if (!Array.isArray(tips) || !tips.every(isId) || !Array.isArray(packs) || !packs.every(isId)) return undefined;
  if (!Array.isArray(unread) || !unread.every((one) => isUnread(one, isId)) || typeof limits !== "string")
    return undefined;
  if (!Array.isArray(findings) || !findings.every(isFinding)) return undefined;
  if (!Array.isArray(submodules) || !submodules.every((path) => typeof path === "string")) return undefined;
  return { repository, hash, rules, tips, packs, unread, limits, findings, submodules, ids };
}

function isUnread(value: unknown, isId: (id: unknown) => boolean): value is UnreadVersion {
  const { id, packs, gaps, oid } = (value ?? {}) as Record<string, unknown>;
  const isGap = (gap: Partial<Gap> | null): boolean => typeof gap?.what === "string" && typeof gap.why === "string";
  if (!isId(id) || !Array.isArray(packs) || !packs.every(isId) || !Array.isArray(gaps) || !gaps.every(isGap))
    return false;
  return oid === undefined ? gaps.length > 0 : typeof oid === "string" && /^[0-9a-f]{64}$/.test(oid);
}

function isFinding(value: unknown): value is KnownFinding {
  const { fingerprint, rule, level } = (value ?? {}) as Record<string, unknown>;
  return typeof fingerprint === "string" && typeof rule === "string" && LEVELS.includes(level as Level);
}

const invalid = (path: string, why: string): ScanError => new ScanError("state-invalid", `the state ${path} ${why}`);
