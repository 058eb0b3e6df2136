import { Malformed } from "./malformed.ts";

/** A place in bytes that moves on as they are read; reading past `end` is malformed. */
export interface Cursor {
  readonly bytes: Uint8Array;
  at: number;
  readonly end: number;
}

/** The next byte. */
export function readByte(cursor: Cursor): number {
  if (cursor.at >= cursor.end) throw new Malformed("ends too early");
  return cursor.bytes[cursor.at++]!;
}

/** The next bytes, not copied. */
export function readBytes(cursor: Cursor, length: number): Uint8Array {
  if (length > cursor.end - cursor.at) throw new Malformed("ends too early");
  cursor.at += length;
  return cursor.bytes.subarray(cursor.at - length, cursor.at);
}

/** A whole number as an `ofs-delta` distance has it: gitformat-pack(5), "offset encoding". */
export function readOffsetNumber(cursor: Cursor): number {
  let byte = readByte(cursor);
  let value = byte & 0x7f;
  while (byte & 0x80) {
    byte = readByte(cursor);
    // The +1 is the format's: it gives each number exactly one encoding.
    value = (value + 1) * 128 + (byte & 0x7f);
    if (value > Number.MAX_SAFE_INTEGER) throw new Malformed("has a number that is too large");
  }
  return value;
}

/** Goes on by a number of bytes. */
export function skip(cursor: Cursor, count: number): void {
  if (count > cursor.end - cursor.at) throw new Malformed("ends too early");
  cursor.at += count;
}
