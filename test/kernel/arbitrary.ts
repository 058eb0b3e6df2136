import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { type Edit, STRATEGIES } from "./guarded.ts";

/** Bytes with what compressors live on: runs, periods of up to 20 bytes, few symbols, words, noise, and things met before. */
export const content = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 20 }), fc.integer({ min: 1, max: 400 })).map(repeated),
      fc.tuple(fc.integer({ min: 1, max: 4 }), fc.uint8Array({ maxLength: 500 })).map(([n, b]) => b.map((v) => v % n)),
      fc.array(fc.constantFrom("const ", "token", "return ", "\n", "  ", "= ", "(", ");"), { maxLength: 80 }).map(text),
    ),
    { maxLength: 12 },
  )
  .chain((parts) =>
    // Some parts come again, far behind.
    fc
      .array(fc.nat({ max: Math.max(0, parts.length - 1) }), { maxLength: 8 })
      .map((again) => Buffer.concat([...parts, ...again.map((i) => parts[i] ?? new Uint8Array())])),
  );

/** A zlib stream of some content. */
export const packed = fc
  .record({
    bytes: content,
    level: fc.integer({ min: 0, max: 9 }),
    strategy: fc.constantFrom(...STRATEGIES),
    windowBits: fc.integer({ min: 9, max: 15 }),
    memLevel: fc.integer({ min: 1, max: 9 }),
  })
  .map(({ bytes, ...options }) => ({ bytes, stream: deflateSync(bytes, options) }));

export const edits: fc.Arbitrary<Edit[]> = fc.array(
  fc.record({
    // Without fast-check's liking for the ends, where every header stands.
    place: fc.noBias(fc.nat({ max: 0xffff })).map((place) => place / 0x10000),
    kind: fc.constantFrom("set", "set", "flip", "flip", "flip", "cut", "insert", "end"),
    value: fc.nat({ max: 255 }),
  }),
  { minLength: 1, maxLength: 4 },
);

/** One instruction of a delta, before it is known how large base and result are. */
const instruction = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 127 }),
  fc.record({ offset: fc.double({ min: 0, max: 1, noNaN: true }), length: fc.integer({ min: 1, max: 900 }) }),
  // Goes on where the last copy ended.
  fc.record({ offset: fc.constant(-1), length: fc.integer({ min: 1, max: 300 }) }),
);

/** A base, and a delta that fits it. */
export const delta = fc
  .record({ base: content, list: fc.array(instruction, { maxLength: 30 }) })
  .map(({ base, list }) => {
    const parts: number[][] = [];
    let size = 0;
    let last = 0;
    for (const each of list) {
      if (each instanceof Uint8Array) {
        parts.push([each.length, ...each]);
        size += each.length;
      } else {
        const offset = each.offset < 0 ? last : Math.floor(each.offset * base.length);
        const length = Math.min(each.length, base.length - offset);
        if (length < 1) continue;
        parts.push(copyOf(offset, length));
        size += length;
        last = offset + length;
      }
    }
    return { base, size, delta: Uint8Array.from([...sizeOf(base.length), ...sizeOf(size), ...parts.flat()]) };
  });

/** A size in a delta's head: seven bits a byte, the lowest first. */
export function sizeOf(size: number): number[] {
  const bytes: number[] = [];
  let left = size;
  for (; left >= 128; left = Math.floor(left / 128)) bytes.push((left % 128) | 128);
  return [...bytes, left];
}

/** A copy instruction: only the bytes that are not zero are written. */
export function copyOf(offset: number, length: number): number[] {
  const bytes: number[] = [];
  let code = 128;
  const put = (value: number, bit: number): void => {
    if (value === 0) return;
    bytes.push(value);
    code |= bit;
  };
  for (let i = 0; i < 4; i++) put(Math.floor(offset / 2 ** (8 * i)) & 255, 1 << i);
  for (let i = 0; i < 3; i++) put(length === 0x10000 ? 0 : (length >> (8 * i)) & 255, 16 << i);
  return [code, ...bytes];
}

function repeated([piece, times]: [Uint8Array, number]): Uint8Array {
  return Buffer.concat(Array.from({ length: times }, () => piece));
}

function text(words: readonly string[]): Uint8Array {
  return Buffer.from(words.join(""));
}
