// Words that speak for a run: `api_key`, `Api-Key` and `api key` are one word. Folded text is kept from run to run, for runs stand side by side.
import { FOLDED, FOLDED_AT, FOLDED_MOST, WORDS, WORD_HEADS } from "./layout";

/** Bytes before a run, and of the run itself, in which a word may speak for it. */
const WORD_BEFORE: usize = 80;
const WORD_INSIDE: usize = 60;

/** The part of the text that stands folded: without joints and in lower case, and for each byte where it was. */
let from: usize = 0;
let to: usize = 0;
let count: usize = 0;
/** The last three folded bytes. */
let three: u32 = 0;
/** Where the last word begins that ends in that part; 0 if none does. */
let lastWord: usize = 0;

/** To be called for each new text. */
export function forget(): void {
  to = 0;
}

/** Whether one of the words stands in the bytes before `front` or at the beginning of the run [s, e), once both are folded. */
export function spoken(textStart: usize, front: usize, s: usize, e: usize): bool {
  const start = front > textStart + WORD_BEFORE ? front - WORD_BEFORE : textStart;
  const end = min(e, s + WORD_INSIDE);
  if (front != s) {
    // A colour stands between: it is passed over.
    begin(start);
    fold(front);
    to = s;
    fold(end);
    to = 0;
    return lastWord != 0;
  }
  if (start < from || start > to || end < to || count + (end - to) > FOLDED_MOST) begin(start);
  fold(end);
  return lastWord >= start && lastWord != 0;
}

function begin(at: usize): void {
  from = at;
  to = at;
  count = 0;
  three = 0;
  lastWord = 0;
}

/** Folds on to `end`, and notes the words that end there: they are found by their last three bytes. */
function fold(end: usize): void {
  let n = count, last = three;
  for (let q = to; q < end; q++) {
    let c = <u32>load<u8>(q);
    if (c == 0x5f || c == 0x2d || c == 0x2e || c == 0x20) continue;
    if (c - 65 < 26) c |= 32;
    store<u8>(FOLDED + n, c);
    store<u32>(FOLDED_AT + (n << 2), <u32>q);
    n++;
    last = (last >>> 8) | (c << 16);
    let i = <u32>load<u16>(WORD_HEADS + ((((last * 0x9e3779b1) >>> 20) & 4095) << 1));
    while (i != 0) {
      const entry = WORDS + ((i - 1) << 3);
      const length = <usize>load<u16>(entry, 4);
      if (n >= length && ends(n - length, <usize>load<u32>(entry), length)) {
        const word = <usize>load<u32>(FOLDED_AT + ((n - length) << 2));
        if (word > lastWord) lastWord = word;
      }
      i = load<u16>(entry, 6);
    }
  }
  count = n;
  three = last;
  to = end;
}

function ends(at: usize, text: usize, length: usize): bool {
  for (let k: usize = 0; k < length; k++) if (load<u8>(FOLDED + at + k) != load<u8>(text + k)) return false;
  return true;
}
