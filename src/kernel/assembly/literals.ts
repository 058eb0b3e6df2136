// A small set of literals at once, by nibble tables over three bytes of each (the "Teddy" of Hyperscan).
import { byNibbles } from "./vectors";
import { KIND_LITERAL, LITERALS, LITERAL_HEADS, PLACES, TEDDY } from "./layout";

/** An assignment must follow: `password =`, `"passwd": `, `--password x`, `<password>`. */
const CHECK_ASSIGNED: u32 = 1;
/** `user:password@` must follow. */
const CHECK_USERINFO: u32 = 2;
/** How far an assignment or userinfo is looked for. */
const REACH_NAME: usize = 40;
const REACH_USERINFO: usize = 300;

/** Bytes that are looked through at once: if all of them pass, PLACES has room. */
const PIECE: usize = 832;

/** Where to go on when `out` was full; equal to the end otherwise. */
export let literalsResumeAt: usize = 0;

/** The buckets of a table that accept each of 16 bytes: those of its low nibble that its high one has, too. */
// @ts-ignore: decorator
@inline
function known(v: v128, table: usize): v128 {
  return byNibbles(v, v128.load(TEDDY + 32 * table), v128.load(TEDDY + 32 * table + 16));
}

/** A bit for each of 16 bytes: whether some bucket accepts it and the two behind it. */
// @ts-ignore: decorator
@inline
function accepted(p: usize): u32 {
  const first = v128.load(p), second = v128.load(p, 1), third = v128.load(p, 2);
  const some = v128.and(v128.and(known(first, 0), known(second, 1)), known(third, 2));
  const others = v128.and(v128.and(known(first, 3), known(second, 4)), known(third, 5));
  return <u32>i8x16.bitmask(i8x16.ne(v128.or(some, others), i8x16.splat(0)));
}

/**
 * Finds every literal of the text up to `end` whose fragment starts in [p, to); candidates and bounds as in `gate`.
 * Piece by piece: which places pass is noted first, then for which of them a literal has such a fragment, without a branch on
 * either, for a processor cannot foresee them; only what is left is compared.
 */
export function literals(begin: usize, p: usize, to: usize, end: usize, out: usize, outEnd: usize): u32 {
  let o = out;
  while (p < to) {
    const stop = min(to, p + PIECE);
    const places = withFragment(passing(p, stop));
    for (let place = PLACES; place < places; place += 8) {
      const at = <usize>load<u32>(place);
      const mark = o;
      let i = load<u32>(place, 4);
      do {
        const entry = LITERALS + ((i - 1) << 4);
        const back = <usize>load<u8>(entry, 5);
        if (at >= begin + back && holds(entry, begin, at - back, end)) {
          if (o + 12 > outEnd) { literalsResumeAt = at; return <u32>((mark - out) / 12); }
          store<u32>(o, <u32>(at - back));
          store<u32>(o + 4, <u32>(at - back + load<u8>(entry, 4)));
          store<u32>(o + 8, KIND_LITERAL | load<u32>(entry, 8));
          o += 12;
        }
        i = load<u16>(entry, 12);
      } while (i != 0);
    }
    p = stop;
  }
  literalsResumeAt = to;
  return <u32>((o - out) / 12);
}

/** Lists the places in [p, stop) whose three bytes the tables accept; returns where the list ends. */
function passing(p: usize, stop: usize): usize {
  let place = PLACES;
  for (; p < stop; p += 32) {
    let mask = accepted(p) | (accepted(p + 16) << 16);
    if (stop - p < 32) mask &= (1 << <u32>(stop - p)) - 1;
    const after = place + (<usize>popcnt(mask) << 3);
    store<u32>(place, <u32>p + ctz(mask));
    mask &= mask - 1;
    store<u32>(place + 8, <u32>p + ctz(mask));
    mask &= mask - 1;
    store<u32>(place + 16, <u32>p + ctz(mask));
    mask &= mask - 1;
    for (let more = place + 24; mask != 0; mask &= mask - 1, more += 8) store<u32>(more, <u32>p + ctz(mask));
    place = after;
  }
  return place;
}

/** Of the places listed up to `end`, keeps those with a literal's fragment, each with the first such literal; returns where the list ends. */
function withFragment(end: usize): usize {
  let kept = PLACES;
  for (let place = PLACES; place < end; place += 8) {
    const at = load<u32>(place);
    const folded = (load<u32>(<usize>at) & 0xffffff) | 0x202020;
    const i = <u32>load<u16>(LITERAL_HEADS + ((((folded * 0x9e3779b1) >>> 20) & 4095) << 1));
    store<u32>(kept, at);
    store<u32>(kept, i, 4);
    kept += <usize>(i != 0) << 3;
  }
  return kept;
}

/** Whether the literal of `entry` stands at `s`, and what must follow follows. */
function holds(entry: usize, begin: usize, s: usize, end: usize): bool {
  const n = <usize>load<u8>(entry, 4);
  if (s + n > end) return false;
  const text = <usize>load<u32>(entry);
  const fold = load<u8>(entry, 7) != 0;
  for (let k: usize = 0; k < n; k++) {
    let c = load<u8>(s + k);
    if (fold && <u8>(c - 65) < 26) c |= 32;
    if (c != load<u8>(text + k)) return false;
  }
  const check = <u32>load<u8>(entry, 6);
  if (check == CHECK_ASSIGNED) return assigned(begin, s, s + n, end);
  if (check == CHECK_USERINFO) return userinfo(s + n, end);
  return true;
}

function assigned(begin: usize, s: usize, q: usize, end: usize): bool {
  const stop = min(end, q + REACH_NAME);
  while (q < stop && isName(load<u8>(q))) q++;
  const name = q;
  while (q < stop && isClose(load<u8>(q))) q++;
  if (q >= stop) return false;
  const c = load<u8>(q);
  // = : > , ( { | ?
  if (c == 0x3d || c == 0x3a || c == 0x3e || c == 0x2c || c == 0x28 || c == 0x7b || c == 0x7c || c == 0x3f) return true;
  // `password <- "x"`, `<key>password</key>`
  if (c == 0x3c && q + 1 < stop) return load<u8>(q + 1) == 0x2d || load<u8>(q + 1) == 0x2f;
  if ((q > name || c == 0x0a || c == 0x0d) && named(q, stop)) return true;
  // `PASSWORD 'x'` in SQL: a blank and an opening quote do.
  const last = load<u8>(q - 1), ahead = load<u8>(q - 2);
  if ((last == 0x27 || last == 0x22) && ahead == 0x20) return true;
  const before = s > begin ? load<u8>(s - 1) : 0;
  if (headsColumn(before, c, last)) return true;
  // `--password x` and `ENV DB_PASSWORD x`: a blank does after a dash or an underscore.
  return last == 0x20 && (before == 0x2d || before == 0x5f);
}

/** A column's name in the first line of a table: `user,password` and a line's end, `;password;`, or tabs around it. */
function headsColumn(before: u8, c: u8, last: u8): bool {
  const divided = before == 0x2c || before == 0x3b || before == 0x09;
  if (c == 0x0a || c == 0x0d) return divided || before == 0x5f || before == 0x22;
  return divided && (c == 0x3b || last == 0x09);
}

/** A type, a word or an attribute may stand before the sign or quote: `password string = `, `PASSWORD" value="`, `PASSWORD") or "`. */
function named(q: usize, stop: usize): bool {
  let before = load<u8>(q - 1) == 0x20 ? <u32>1 : 0;
  for (; q < stop; q += 16) {
    const v = v128.load(q);
    const blanks = <u32>i8x16.bitmask(i8x16.eq(v, i8x16.splat(0x20)));
    const quotes = <u32>i8x16.bitmask(v128.or(i8x16.eq(v, i8x16.splat(0x22)), i8x16.eq(v, i8x16.splat(0x27))));
    const others = <u32>i8x16.bitmask(i8x16.eq(isBetween(v), i8x16.splat(0))) | (stop - q < 16 ? ~0 << <u32>(stop - q) : 0);
    const opened = quotes & ((blanks << 1) | before);
    if (opened != 0 && ctz(opened) < ctz(others)) return true;
    if (others != 0) {
      q += ctz(others);
      return q < stop && (load<u8>(q) == 0x3d || load<u8>(q) == 0x3a);
    }
    before = blanks >>> 15;
  }
  return false;
}

/** Which of 16 bytes are of a name, close one, or are `&` or a line's end: by the high and the low nibble of each. */
// @ts-ignore: decorator
@inline
function isBetween(v: v128): v128 {
  const low = i8x16(<i8>0xec, <i8>0xf8, <i8>0xfc, <i8>0xf8, <i8>0xf8, <i8>0xf8, <i8>0xfc, <i8>0xfc, <i8>0xf8, <i8>0xfd, <i8>0xf1, 0x70, 0x70, 0x75, 0x54, 0x70);
  const high = i8x16(0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, <i8>0x80, 0, 0, 0, 0, 0, 0, 0, 0);
  return byNibbles(v, low, high);
}

function isName(c: u8): bool {
  return <u8>((c | 32) - 97) < 26 || <u8>(c - 48) < 10 || c == 0x5f || c == 0x2d || c == 0x2e;
}

/** Quotes, brackets, backslashes and blanks between a name and its sign. */
function isClose(c: u8): bool {
  return c == 0x22 || c == 0x27 || c == 0x60 || c == 0x5b || c == 0x5d || c == 0x29 || c == 0x5c || c == 0x20 || c == 0x09;
}

/** `user:password@` before a slash, blank, quote or bracket. */
function userinfo(q: usize, end: usize): bool {
  const stop = min(end, q + REACH_USERINFO);
  let colon = false;
  while (q < stop) {
    const c = load<u8>(q);
    if (c == 0x40) return colon;
    if (c == 0x3a) colon = true;
    if (c <= 0x20 || c == 0x22 || c == 0x27 || c == 0x3c || c == 0x3e || c == 0x60 || (c == 0x2f && !colon)) return false;
    q++;
  }
  return false;
}
