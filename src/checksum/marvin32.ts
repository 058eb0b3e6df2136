import { Buffer } from "node:buffer";

/** Marvin32 with an 8-byte seed label, folded to 32 bits (microsoft/security-utilities, `Marvin.ComputeHash32`). */
export function marvin32(bytes: Uint8Array, seed: string): number {
  const hash = marvin64(bytes, seedOf(seed));
  return Number((hash >> 32n) ^ (hash & 0xffffffffn));
}

/** A label of eight characters is its own seed, big-endian (`IdentifiableMetadata.cs`). */
export function seedOf(label: string): bigint {
  return BigInt(`0x${Buffer.from(label, "latin1").toString("hex")}`);
}

/** Marvin32 as SymCrypt defines it (`marvin32.c`): high word p1, low word p0. */
export function marvin64(bytes: Uint8Array, seed: bigint): bigint {
  let p0 = Number(seed & 0xffffffffn) | 0;
  let p1 = Number(seed >> 32n) | 0;
  const mix = () => {
    p1 ^= p0;
    p0 = ((p0 << 20) | (p0 >>> 12)) + p1;
    p1 = ((p1 << 9) | (p1 >>> 23)) ^ p0;
    p0 = ((p0 << 27) | (p0 >>> 5)) + p1;
    p1 = (p1 << 19) | (p1 >>> 13);
  };
  for (const word of words(bytes)) {
    p0 = (p0 + word) | 0;
    mix();
  }
  mix();
  return (BigInt(p1 >>> 0) << 32n) | BigInt(p0 >>> 0);
}

/** Little-endian words of the input, the last one closed by a 0x80 byte. */
function* words(bytes: Uint8Array): Iterable<number> {
  const padded = Buffer.alloc((Math.floor(bytes.length / 4) + 1) * 4);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  for (let at = 0; at < padded.length; at += 4) yield padded.readInt32LE(at);
}
