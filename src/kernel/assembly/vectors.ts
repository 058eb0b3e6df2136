// Questions asked of 16 bytes at once.

/** Of each of 16 bytes, the bits that the table of its low nibble and that of its high one share: sets of bytes, looked up at once. */
// @ts-ignore: decorator
@inline
export function byNibbles(v: v128, low: v128, high: v128): v128 {
  return v128.and(i8x16.swizzle(low, v128.and(v, i8x16.splat(15))), i8x16.swizzle(high, i8x16.shr_u(v, 4)));
}

/** By byte: whether it is below a number, both without sign. */
// @ts-ignore: decorator
@inline
export function below(v: v128, limit: u8): v128 {
  return i8x16.eq(i8x16.min_u(v, i8x16.splat(<i8>(limit - 1))), v);
}
