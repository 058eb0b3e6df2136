/** Counts line feeds in [p, end); 16 bytes after `end` are readable. */
export function countLines(p: usize, end: usize): u32 {
  const feed = i8x16.splat(10);
  let n: u32 = 0;
  while (p + 16 <= end) {
    n += popcnt(<u32>i8x16.bitmask(i8x16.eq(v128.load(p), feed)));
    p += 16;
  }
  while (p < end) { if (load<u8>(p) == 10) n++; p++; }
  return n;
}

/** Counts UTF-16 units of UTF-8 in [p, end): one a lead byte, two for a lead byte of four. */
export function countUtf16(p: usize, end: usize): u32 {
  let n: u32 = 0;
  while (p < end) {
    const c = load<u8>(p);
    if ((c & 0xc0) != 0x80) n += c >= 0xf0 ? 2 : 1;
    p++;
  }
  return n;
}
