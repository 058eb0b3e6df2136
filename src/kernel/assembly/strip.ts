// Takes colours and other plain control sequences out of a log; src/kernel/strip.ts drives it, strip-reference.ts is its slow twin.

const ESC: u8 = 0x1b;
const LF: u8 = 0x0a;
/** STRIP_ROWS and STRIP_ROWS_END in src/kernel/strip-layout.ts. */
const ROWS: usize = 0x200000;
const ROWS_END: usize = 0x280000;
/** LONGEST in src/kernel/strip-layout.ts. */
const LONGEST: usize = 24;
const JOINT: u32 = 0x80000000;
const STAMP: u32 = 0x40000000;

/** Where what was made ends, how many rows there are, and whether something was cut out behind the last byte. */
export let made: usize = 0;
export let rowCount: u32 = 0;
export let pending: bool = false;

/**
 * Copies [at, end) to `op` without plain control sequences and plain stamps, and stops at what it does not know: any other
 * escape, and a line feed whose line may begin with another stamp. Returns where it stopped. 16 bytes behind `end` are readable and
 * 16 behind what is made writable. A row is two numbers: where the made text goes on, and where the raw text does; the
 * first has its high bit set where the cut parts a word, and the one below where a stamp was cut. `before` is the byte made last, `cut` whether a cut stands behind it.
 */
export function strip(at: usize, end: usize, op: usize, before: u8, cut: bool): usize {
  const start = op;
  const escapes = i8x16.splat(ESC), feeds = i8x16.splat(LF);
  let row = ROWS;
  while (true) {
    if (!cut) {
      while (at + 16 <= end && load<u8>(at) != ESC) {
        const bytes = v128.load(at);
        v128.store(op, bytes);
        const stops = i8x16.bitmask(v128.or(i8x16.eq(bytes, escapes), i8x16.eq(bytes, feeds)));
        const plain = stops ? ctz(stops) : 16;
        at += plain;
        op += plain;
        if (stops) break;
      }
    }
    if (at >= end) break;
    const byte = load<u8>(at);
    if (byte == ESC) {
      const size = control(at, end);
      if (size == 0 || row == ROWS_END) break;
      at += size;
      if (row == ROWS || (load<u32>(row - 8) & ~STAMP) != <u32>op) {
        row += 8;
        store<u32>(row - 8, <u32>op);
      } else if (load<u32>(row - 8) & STAMP) {
        // A stamp keeps its row: the colour behind it gets one of its own.
        if (row == ROWS_END) break;
        row += 8;
        store<u32>(row - 8, <u32>op);
      }
      store<u32>(row - 4, <u32>at);
      cut = true;
      continue;
    }
    if (byte == LF && stamped(at, end)) {
      const size = stamp(at + 1, end);
      if (size == 0 || row == ROWS_END) break;
      store<u8>(op++, LF);
      at += 1 + size;
      store<u32>(row, <u32>op | STAMP);
      store<u32>(row + 4, <u32>at);
      row += 8;
      cut = false;
      continue;
    }
    if (cut) {
      if (isWord(byte) && isWord(op > start ? load<u8>(op - 1) : before)) {
        if (row == ROWS || (load<u32>(row - 8) & ~STAMP) != <u32>op) {
          if (row == ROWS_END) break;
          row += 8;
          store<u32>(row - 4, <u32>at);
        }
        store<u32>(row - 8, <u32>op | JOINT);
      }
      cut = false;
    }
    store<u8>(op++, byte);
    at++;
  }
  made = op;
  rowCount = <u32>(row - ROWS) >> 3;
  pending = cut;
  return at;
}

/**
 * The size of a stamp such as `2023-09-21T17:21:33.6471522Z `, the blank behind it included; 0 for any other beginning of a
 * line, for what the end cuts, and where GitLab's stream may follow (`00O `).
 */
function stamp(at: usize, end: usize): usize {
  if (at + 40 > end || load<u8>(at + 4) != 0x2d || load<u8>(at + 7) != 0x2d || load<u8>(at + 10) != 0x54) return 0;
  if (load<u8>(at + 13) != 0x3a || load<u8>(at + 16) != 0x3a || load<u8>(at + 19) != 0x2e) return 0;
  for (let i: usize = 0; i < 19; i++) {
    if (i == 4 || i == 7 || i == 10 || i == 13 || i == 16) continue;
    if (!isDigit(load<u8>(at + i))) return 0;
  }
  let i = at + 20;
  while (i < at + 29 && isDigit(load<u8>(i))) i++;
  if (i == at + 20 || load<u8>(i) != 0x5a || load<u8>(i + 1) != 0x20) return 0;
  const stream = load<u8>(i + 4);
  return stream == 0x4f || stream == 0x45 ? 0 : i + 2 - at;
}

function isDigit(byte: u8): bool {
  return byte >= 0x30 && byte <= 0x39;
}

/** The size of `ESC [`, digits and semicolons, a final byte; 0 for another escape, and for `ESC [ 8 m`, which may begin a note. */
function control(at: usize, end: usize): usize {
  if (at + 2 >= end || load<u8>(at + 1) != 0x5b) return 0;
  const stop = min(end, at + LONGEST);
  for (let i = at + 2; i < stop; i++) {
    const byte = load<u8>(i);
    if (byte >= 0x40 && byte <= 0x7e) return byte == 0x6d && i == at + 3 && load<u8>(at + 2) == 0x38 ? 0 : i + 1 - at;
    if (byte < 0x30 || byte > 0x3f) return 0;
  }
  return 0;
}

/** Whether the line behind a line feed may begin with a stamp: `2`, `[2` or a byte order mark; what is not there may be one. */
function stamped(at: usize, end: usize): bool {
  if (at + 2 >= end) return true;
  const byte = load<u8>(at + 1);
  return byte == 0x32 || byte == 0xef || (byte == 0x5b && load<u8>(at + 2) == 0x32);
}

/** Letters, digits and `+ - . / = _`. */
function isWord(byte: u8): bool {
  if (byte >= 0x61) return byte <= 0x7a;
  if (byte >= 0x41) return byte <= 0x5a || byte == 0x5f;
  return (byte >= 0x2d && byte <= 0x39) || byte == 0x2b || byte == 0x3d;
}
