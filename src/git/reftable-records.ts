import { Malformed } from "./malformed.ts";
import { asObjectId, type HashKind, ID_SIZE, type ObjectId } from "./object-id.ts";
import type { Ref } from "./ref.ts";
import { type Cursor, readByte, readBytes, readOffsetNumber } from "./varint.ts";

/** An entry of a log, under a key that no other has; one without ids was deleted. */
export interface TableLog {
  readonly key: string;
  readonly name: string;
  readonly ids: readonly ObjectId[];
  readonly message: string;
}

/** What a table may still hold: names share their beginnings and logs are deflated, so that a small file could fill any memory. */
export interface Allowance {
  records: number;
  keyBytes: number;
}

/** As much as 2 million refs with names of 128 bytes. */
export const allowance = (): Allowance => ({ records: 2_000_000, keyBytes: 256 << 20 });

const LONGEST_KEY = 4096 + 9;

/** Goes through the records of a block, each of whose keys shares its beginning with the one before ("ref record"). */
export function readRecords(
  block: Buffer,
  from: number,
  left: Allowance,
  take: (key: Buffer, kind: number, cursor: Cursor) => void,
): void {
  const restarts = block.readUInt16BE(block.length - 2);
  const cursor: Cursor = { bytes: block, at: from, end: block.length - 2 - 3 * restarts };
  if (cursor.end < from) throw new Malformed("a block of the reftable has no room for its records");
  let key: Buffer = Buffer.alloc(0);
  while (cursor.at < cursor.end) {
    const shared = readOffsetNumber(cursor);
    const lengthAndKind = readOffsetNumber(cursor);
    const added = Math.floor(lengthAndKind / 8);
    if (shared > key.length) throw new Malformed("a name in the reftable goes on from one that is shorter");
    left.records--;
    left.keyBytes -= shared + added;
    if (shared + added > LONGEST_KEY || left.records < 0 || left.keyBytes < 0)
      throw new Malformed("the reftable holds more than can be read");
    key = Buffer.concat([key.subarray(0, shared), readBytes(cursor, added)]);
    take(key, lengthAndKind % 8, cursor);
  }
}

/** "ref record": 0 a deletion, 1 an id, 2 an id and what it is peeled to, 3 a symbolic ref. */
export function readRef(key: Buffer, kind: number, cursor: Cursor, hash: HashKind): Ref {
  const name = key.toString("utf8");
  readOffsetNumber(cursor);
  if (kind === 0) return { name };
  if (kind === 3) return { name, target: readText(cursor) };
  if (kind !== 1 && kind !== 2) throw new Malformed("the reftable has a ref of an unknown kind");
  const id = readId(cursor, hash);
  const peeled = kind === 2 ? readId(cursor, hash) : undefined;
  return { name, ...(id && { id }), ...(peeled && { peeled }) };
}

/** "log record": 0 a deletion, 1 both ids, who, when, and why. The key ends with NUL and the update's number. */
export function readLog(key: Buffer, kind: number, cursor: Cursor, hash: HashKind): TableLog {
  const name = key.toString("utf8", 0, Math.max(0, key.length - 9));
  const entry = { key: key.toString("latin1"), name };
  if (kind === 0) return { ...entry, ids: [], message: "" };
  if (kind !== 1) throw new Malformed("the reftable has a log entry of an unknown kind");
  const ids = [readId(cursor, hash), readId(cursor, hash)].filter((id) => id !== undefined);
  readText(cursor);
  readText(cursor);
  readOffsetNumber(cursor);
  readByte(cursor);
  readByte(cursor);
  return { ...entry, ids, message: readText(cursor) };
}

const readText = (cursor: Cursor): string => Buffer.from(readBytes(cursor, readOffsetNumber(cursor))).toString("utf8");

const readId = (cursor: Cursor, hash: HashKind): ObjectId | undefined =>
  asObjectId(Buffer.from(readBytes(cursor, ID_SIZE[hash])).toString("hex"), hash);
