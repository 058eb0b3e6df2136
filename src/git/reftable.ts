import { Malformed } from "./malformed.ts";
import type { HashKind } from "./object-id.ts";
import type { Ref } from "./ref.ts";
import { type Allowance, allowance, readLog, readRecords, readRef, type TableLog } from "./reftable-records.ts";

/** One file of a stack of tables. A ref without id and target was deleted. */
export interface Table {
  readonly refs: readonly Ref[];
  readonly logs: readonly TableLog[];
}

const MAGIC = 0x52454654;
const REF_BLOCK = 0x72;
const LOG_BLOCK = 0x67;
const LARGEST_BLOCK = 0xffffff;
const HASH_IDS: Readonly<Record<HashKind, number>> = { sha1: 0x73686131, sha256: 0x73323536 };

/**
 * Reads all refs and log entries of a reftable file (git's technical documentation, "reftable"). The blocks are read one
 * after the other, so that no index is needed.
 */
export function parseTable(bytes: Buffer, hash: HashKind): Table {
  const ends = readEnds(bytes, hash);
  const left = allowance();
  const isLogOnly = bytes[ends.headerSize] === LOG_BLOCK;
  const refs = isLogOnly ? [] : readRefs(bytes, ends, hash, left);
  const logAt = isLogOnly ? ends.headerSize : ends.logs;
  const logs = logAt === 0 ? [] : readLogs(bytes, logAt, ends.logIndex || ends.footer, hash, left);
  return { refs, logs };
}

interface Ends {
  readonly headerSize: number;
  /** Blocks are aligned to this many bytes; 0 if they are not. */
  readonly blockSize: number;
  /** Where the ref blocks, and the logs with their index begin or end; 0 for what is not there. */
  readonly refsEnd: number;
  readonly logs: number;
  readonly logIndex: number;
  readonly footer: number;
}

/** Header and footer: "Header (version 1)", "Header (version 2)", "Footer". */
function readEnds(bytes: Buffer, hash: HashKind): Ends {
  if (bytes.length < 24 || bytes.readUInt32BE(0) !== MAGIC) throw new Malformed("is no reftable");
  const version = bytes[4]!;
  if (version !== 1 && version !== 2) throw new Malformed(`is a reftable of version ${version}, not 1 or 2`);
  const headerSize = version === 1 ? 24 : 28;
  const footer = bytes.length - headerSize - 44;
  if (footer < headerSize) throw new Malformed("the reftable is too short");
  const sameHead = bytes.subarray(0, headerSize).equals(bytes.subarray(footer, footer + headerSize));
  if (!sameHead || zlib().crc32(bytes.subarray(footer, -4)) !== bytes.readUInt32BE(bytes.length - 4))
    throw new Malformed("the reftable's footer is damaged, or it was cut short");
  if ((version === 1 ? HASH_IDS.sha1 : bytes.readUInt32BE(24)) !== HASH_IDS[hash])
    throw new Malformed("the reftable is for another hash than the repository's");
  const field = (number: number): bigint => bytes.readBigUInt64BE(footer + headerSize + number * 8);
  // The second field has the length of abbreviated ids in its lowest 5 bits.
  const positions = [field(0), field(1) >> 5n, field(2), field(3), field(4)].map(Number);
  if (positions.some((place) => place >= footer)) throw new Malformed("the reftable's footer points outside the file");
  const refsEnd = Math.min(footer, ...positions.filter((place) => place > 0));
  return {
    headerSize,
    blockSize: bytes.readUIntBE(5, 3),
    refsEnd,
    logs: positions[3]!,
    logIndex: positions[4]!,
    footer,
  };
}

/** The first block begins where the file does: its length and its offsets count the file's header. */
function readRefs(bytes: Buffer, { headerSize, blockSize, refsEnd }: Ends, hash: HashKind, left: Allowance): Ref[] {
  const refs: Ref[] = [];
  for (let at = headerSize; at < refsEnd; ) {
    const start = at === headerSize ? 0 : at;
    const length = at + 4 <= refsEnd ? bytes.readUIntBE(at + 1, 3) : 0;
    const end = start + length;
    if (bytes[at] !== REF_BLOCK || end > refsEnd || end < at + 6)
      throw new Malformed("a block of the reftable is cut short or of another kind");
    readRecords(bytes.subarray(start, end), at + 4 - start, left, (key, kind, cursor) => {
      refs.push(readRef(key, kind, cursor, hash));
    });
    const isPadded = end < refsEnd && bytes[end] === 0;
    at = isPadded ? Math.max(end, start + blockSize) : end;
  }
  return refs;
}

/** How many bytes a log block's deflated content has is not written down: the inflater knows it. */
function readLogs(bytes: Buffer, first: number, end: number, hash: HashKind, left: Allowance): TableLog[] {
  const logs: TableLog[] = [];
  for (let at = first; at < end; ) {
    if (bytes[at] !== LOG_BLOCK || at + 4 > end) throw new Malformed("a log block of the reftable is of another kind");
    const { block, used } = inflated(bytes.subarray(at + 4, end), bytes.readUIntBE(at + 1, 3) - 4);
    readRecords(block, 0, left, (key, kind, cursor) => {
      logs.push(readLog(key, kind, cursor, hash));
    });
    at += 4 + used;
  }
  return logs;
}

/** Loaded when there is a reftable, which is rare: it costs a start 4 ms. */
const zlib = () => process.getBuiltinModule("node:zlib");

interface Inflated {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

function inflated(deflated: Buffer, size: number): { readonly block: Buffer; readonly used: number } {
  if (size < 2 || size > LARGEST_BLOCK) throw new Malformed("a log block claims a length that it cannot have");
  try {
    // With `info` the result tells how much of the input was used; the types of Node do not have it.
    const { buffer, engine } = zlib().inflateSync(deflated, {
      maxOutputLength: size,
      info: true,
    }) as unknown as Inflated;
    if (buffer.length === size && engine.bytesWritten > 0) return { block: buffer, used: engine.bytesWritten };
  } catch {
    // What zlib says of it tells a reader no more than that it is damaged.
  }
  throw new Malformed("a log block cannot be inflated, or is not as long as it says");
}
