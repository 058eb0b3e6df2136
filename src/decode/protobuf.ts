import type { Buffer } from "node:buffer";

/** One field of a message (protobuf.dev, "Encoding"): a number for a varint, bytes for anything else. */
export interface Field {
  readonly number: number;
  readonly value: number | Buffer;
}

/** Most fields of one message that are read. */
const MOST = 4096;

/** The fields of a message; undefined when the bytes are none. Numbers beyond 2^53 lose their last digits. */
export function fieldsOf(bytes: Buffer): readonly Field[] | undefined {
  const fields: Field[] = [];
  let at = 0;
  while (at < bytes.length) {
    const tag = varint(bytes, at);
    if (!tag || tag.value < 8 || fields.length >= MOST) return undefined;
    const read = readValue(bytes, tag.next, tag.value % 8);
    if (!read) return undefined;
    fields.push({ number: Math.floor(tag.value / 8), value: read.value });
    at = read.next;
  }
  return fields;
}

/** The messages and byte strings of one field, in order. */
export function bytesOf(fields: readonly Field[], number: number): readonly Buffer[] {
  return fields.flatMap((field) => (field.number === number && typeof field.value === "object" ? [field.value] : []));
}

/** The number of a field; the last one counts. */
export function numberOf(fields: readonly Field[], number: number): number | undefined {
  return fields.findLast((field) => field.number === number && typeof field.value === "number")?.value as
    | number
    | undefined;
}

function readValue(
  bytes: Buffer,
  at: number,
  type: number,
): { readonly value: number | Buffer; readonly next: number } | undefined {
  if (type === 0) return varint(bytes, at);
  const length = type === 2 ? varint(bytes, at) : { value: type === 1 ? 8 : type === 5 ? 4 : -1, next: at };
  if (!length || length.value < 0 || length.next + length.value > bytes.length) return undefined;
  const next = length.next + length.value;
  return { value: bytes.subarray(length.next, next), next };
}

/** Ten bytes at most: 64 bits in groups of seven, the low one first. */
function varint(bytes: Buffer, start: number): { readonly value: number; readonly next: number } | undefined {
  let value = 0;
  for (let at = start; at < bytes.length && at < start + 10; at++) {
    value += (bytes[at]! & 0x7f) * 2 ** (7 * (at - start));
    if (bytes[at]! < 0x80) return { value, next: at + 1 };
  }
  return undefined;
}
