// What was written as an escape, or coloured, around a run; `begin` is the first readable byte of the text.
import { hexDigits } from "./encoded";

/** Longest colour of a terminal in front of a run. */
const COLOUR: usize = 24;

/** Whether `%`, a backslash or `&` stands within six bytes of the run. */
export function escapes(begin: usize, s: usize, e: usize): bool {
  for (let q = max(begin, s > 6 ? s - 6 : 0); q < s; q++) if (isEscape(load<u8>(q))) return true;
  for (let q = e; q < e + 6; q++) if (isEscape(load<u8>(q))) return true;
  return false;
}

function isEscape(c: u8): bool {
  return c == 0x25 || c == 0x5c || c == 0x26;
}

/** Whether what stands before a place may end the beginning of a colour. */
export function coloured(s: usize): bool {
  const before = load<u8>(s - 1);
  return before == 0x5b || before == 0x3b;
}

/** Where the colour in front of a run starts: at its ESC, or at its bracket where the ESC was lost. */
export function beforeColour(begin: usize, s: usize): usize {
  let q = s - 1;
  const stop = max(begin, s > COLOUR ? s - COLOUR : 0);
  while (q > stop && (load<u8>(q) == 0x3b || load<u8>(q) - 48 < 10)) q--;
  return q > begin && load<u8>(q - 1) == 0x1b ? q - 1 : q;
}

/** If the run begins inside an escape (`\n`, `\u003d`, `%3D`, `ESC[32m`), the place right after it; otherwise 0. */
export function afterEscape(begin: usize, s: usize, e: usize): usize {
  if (s <= begin) return 0;
  const before = load<u8>(s - 1);
  if (before == 0x5c) {
    const c = load<u8>(s);
    if (c == 0x75) return hexDigits(s + 1, e, 4) ? s + 5 : 0;
    if (c == 0x78) return hexDigits(s + 1, e, 2) ? s + 3 : 0;
    // b f n r t v 0
    return c == 0x6e || c == 0x72 || c == 0x74 || c == 0x62 || c == 0x66 || c == 0x76 || c == 0x30 ? s + 1 : 0;
  }
  if (before == 0x25) return hexDigits(s, e, 2) ? s + 2 : 0;
  if (before == 0x5b || before == 0x3b) {
    let q = s;
    while (q < e && q < s + 4 && load<u8>(q) - 48 < 10) q++;
    // Without digits only behind a real ESC: `[mykey` is no colour.
    if (q == s && (before != 0x5b || s < begin + 2 || load<u8>(s - 2) != 0x1b)) return 0;
    if (q < e && (load<u8>(q) == 0x6d || load<u8>(q) == 0x4b)) return q + 1;
  }
  return 0;
}
