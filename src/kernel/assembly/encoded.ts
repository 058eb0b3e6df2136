// Whether a run looks like encoded text; the slow twin is src/kernel/reference.ts.

/** Continuation bytes that the UTF-8 character read last still wants. */
let wanted: u32 = 0;

/** Whether twelve base64 or sixteen hexadecimal characters at `p` stand for text that can be printed. */
export function encoded(p: usize): bool {
  wanted = 0;
  if (hexDigits(p, p + 17, 16)) {
    let all = true;
    for (let k: usize = 0; k < 16 && all; k += 2) all = printable((hexValue(load<u8>(p + k)) << 4) | hexValue(load<u8>(p + k + 1)));
    if (all) return true;
    wanted = 0;
  }
  let zeros = 0;
  for (let k: usize = 0; k < 12; k += 4) {
    const word = (sextet(load<u8>(p + k)) << 18) | (sextet(load<u8>(p + k + 1)) << 12) | (sextet(load<u8>(p + k + 2)) << 6) | sextet(load<u8>(p + k + 3));
    for (let j = 0; j < 3; j++) {
      const b = (word >>> <u32>(16 - 8 * j)) & 255;
      // UTF-16 has a zero in every second byte.
      if (b == 0 && wanted == 0 && ((<i32>k / 4 * 3 + j) & 1) == 1) zeros++;
      else if (!printable(b)) return false;
    }
  }
  return zeros == 0 || zeros == 4;
}

/** The next byte of UTF-8 text: printable ASCII, or a character of several bytes begun or gone on with. */
function printable(b: u32): bool {
  if (wanted != 0) { wanted--; return (b & 0xc0) == 0x80; }
  if (b >= 0xc2 && b <= 0xf4) { wanted = b >= 0xf0 ? 3 : b >= 0xe0 ? 2 : 1; return true; }
  return (b >= 0x20 && b < 0x7f) || b == 9 || b == 10 || b == 13;
}

function hexValue(c: u8): u32 {
  return c <= 57 ? <u32>c - 48 : (<u32>c | 32) - 87;
}

/** The six bits of a base64 character, of the standard or the URL alphabet. */
function sextet(c: u8): u32 {
  if (c >= 97) return <u32>c - 71;
  if (c == 0x5f) return 63;
  if (c >= 65) return <u32>c - 65;
  if (c >= 48) return <u32>c + 4;
  return c == 0x2b || c == 0x2d ? 62 : 63;
}

/** Whether `n` hexadecimal digits stand at `q`, and something before `e` behind them. */
export function hexDigits(q: usize, e: usize, n: usize): bool {
  if (q + n >= e) return false;
  for (let k: usize = 0; k < n; k++) {
    const c = <u32>load<u8>(q + k) | 32;
    if (!(c - 48 < 10 || c - 97 < 6)) return false;
  }
  return true;
}
