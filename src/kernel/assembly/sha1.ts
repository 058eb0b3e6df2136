// SHA-1 (FIPS 180-4, 6.1.2), by which git names objects. The slow twin is node:crypto, which costs a start more than all of a hook's hashing.
import { SCHEDULE } from "./history-layout";

/** Writes the 20 bytes of a message's hash to `out`. The message is padded where it stands: 72 writable bytes behind it. */
export function sha1(at: usize, size: u32, out: usize): void {
  const total = (((<usize>size + 8) >> 6) + 1) << 6;
  store<u8>(at + size, 0x80);
  memory.fill(at + size + 1, 0, total - size - 1);
  store<u64>(at + total - 8, bswap<u64>(<u64>size << 3));
  let a0: u32 = 0x67452301, b0: u32 = 0xefcdab89, c0: u32 = 0x98badcfe, d0: u32 = 0x10325476, e0: u32 = 0xc3d2e1f0;
  for (const end = at + total; at < end; at += 64) {
    for (let i: usize = 0; i < 64; i += 4) store<u32>(SCHEDULE + i, bswap<u32>(load<u32>(at + i)));
    for (let w: usize = SCHEDULE + 64; w < SCHEDULE + 320; w += 4)
      store<u32>(w, rotl<u32>(load<u32>(w - 12) ^ load<u32>(w - 32) ^ load<u32>(w - 56) ^ load<u32>(w - 64), 1));
    let a = a0, b = b0, c = c0, d = d0, e = e0;
    for (let w: usize = SCHEDULE; w < SCHEDULE + 320; w += 4) {
      let f: u32;
      if (w < SCHEDULE + 80) f = ((b & c) | (~b & d)) + 0x5a827999;
      else if (w < SCHEDULE + 160) f = (b ^ c ^ d) + 0x6ed9eba1;
      else if (w < SCHEDULE + 240) f = ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
      else f = (b ^ c ^ d) + 0xca62c1d6;
      const next = rotl<u32>(a, 5) + f + e + load<u32>(w);
      e = d;
      d = c;
      c = rotl<u32>(b, 30);
      b = a;
      a = next;
    }
    a0 += a;
    b0 += b;
    c0 += c;
    d0 += d;
    e0 += e;
  }
  store<u32>(out, bswap<u32>(a0));
  store<u32>(out, bswap<u32>(b0), 4);
  store<u32>(out, bswap<u32>(c0), 8);
  store<u32>(out, bswap<u32>(d0), 12);
  store<u32>(out, bswap<u32>(e0), 16);
}
