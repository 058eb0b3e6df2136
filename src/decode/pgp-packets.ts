import type { Buffer } from "node:buffer";

/** One packet of an OpenPGP message (RFC 9580, 4). */
export interface Packet {
  readonly tag: number;
  readonly body: Buffer;
}

/** Most packets of one block that are read. */
const MOST = 256;

/** The packets up to the first that is broken, cut, or of a length that only its end tells. */
export function packetsOf(bytes: Buffer): readonly Packet[] {
  const packets: Packet[] = [];
  let at = 0;
  while (at + 1 < bytes.length && packets.length < MOST) {
    const head = bytes[at]!;
    const length = head & 0x40 ? newLength(bytes, at + 1) : oldLength(bytes, at + 1, head & 3);
    if (!(head & 0x80) || !length || length.next + length.value > bytes.length) break;
    at = length.next + length.value;
    packets.push({ tag: head & 0x40 ? head & 0x3f : (head >> 2) & 0xf, body: bytes.subarray(length.next, at) });
  }
  return packets;
}

interface Length {
  readonly value: number;
  readonly next: number;
}

/** RFC 9580, 4.2.1; no partial lengths, which keys do not have. */
function newLength(bytes: Buffer, at: number): Length | undefined {
  const first = bytes[at]!;
  if (first < 192) return { value: first, next: at + 1 };
  if (first < 224 && at + 2 <= bytes.length)
    return { value: ((first - 192) << 8) + (bytes[at + 1] ?? 0) + 192, next: at + 2 };
  return first === 255 && at + 5 <= bytes.length ? { value: bytes.readUInt32BE(at + 1), next: at + 5 } : undefined;
}

/** RFC 9580, 4.2.2: one, two or four bytes. */
function oldLength(bytes: Buffer, at: number, type: number): Length | undefined {
  const size = [1, 2, 4][type];
  return size !== undefined && at + size <= bytes.length
    ? { value: bytes.readUIntBE(at, size), next: at + size }
    : undefined;
}
