// The bit reader's state between two parts of a stream; inside a part it lives in local variables, which are faster.

/** The next byte to read. */
export let next: usize = 0;
/** Bits read ahead, the first one lowest. Those above `count` may be set: they are the right ones. */
export let held: u64 = 0;
/** How many bits are held, at most 63. */
export let count: u32 = 0;

/** Where the next part goes on. */
export function keep(ip: usize, bits: u64, n: u32): void {
  next = ip;
  held = bits;
  count = n;
}

/** The byte in which the next bit stands, or would stand after the last whole byte. */
export function position(): usize {
  return next - (count >>> 3);
}
