/** The most bytes of which the sums of Adler-32 stay below 2^32 in each of four lanes and in all: a multiple of 16. */
const PART: usize = 5552;
const PRIME: u32 = 65521;

/** The checksum of [p, end), RFC 1950 section 8. 16 bytes after `end` are readable. */
export function adler32(p: usize, end: usize): u32 {
  const front = i16x8(16, 15, 14, 13, 12, 11, 10, 9), back = i16x8(8, 7, 6, 5, 4, 3, 2, 1);
  let a: u32 = 1, b: u32 = 0;
  while (end - p >= 16) {
    const stop = p + (min(PART, end - p) & ~15);
    // `sums`: all bytes so far; `earlier`: those sums before each step, which count 16 times more; `weighted`: each byte by its place in its step.
    let sums = i32x4.splat(0), earlier = i32x4.splat(0), weighted = i32x4.splat(0);
    b += a * <u32>(stop - p);
    for (; p < stop; p += 16) {
      const bytes = v128.load(p);
      earlier = i32x4.add(earlier, sums);
      sums = i32x4.add(sums, i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(bytes)));
      weighted = i32x4.add(weighted, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(bytes), front));
      weighted = i32x4.add(weighted, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(bytes), back));
    }
    a = (a + total(sums)) % PRIME;
    b = (b + total(i32x4.add(i32x4.shl(earlier, 4), weighted))) % PRIME;
  }
  for (; p < end; p++) {
    a += load<u8>(p);
    b += a;
  }
  return (b % PRIME) << 16 | a % PRIME;
}

function total(v: v128): u32 {
  return <u32>(i32x4.extract_lane(v, 0) + i32x4.extract_lane(v, 1) + i32x4.extract_lane(v, 2) + i32x4.extract_lane(v, 3));
}
