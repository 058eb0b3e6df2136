// Which parts of a text the gate and the literals may answer otherwise for than they did for the text it was made from.
// The slow twin is src/kernel/changes-reference.ts.
import { TOO_MANY } from "./candidates";
import { gate, resumeAt } from "./gate";
import { LITERAL_REACH } from "./layout";
import { literals, literalsResumeAt } from "./literals";

/** Bytes before a change in which a run's flags, and behind it in which a run's words, may rest on it. */
const RUN_BEFORE: u32 = 8;
const RUN_BEHIND: u32 = 108;
/** The same for literals; how far back is told by the tables, but for `://`, which looks as far as its login may reach. */
const LITERAL_BEHIND: u32 = 2;
const USERINFO: u32 = 368;

/** Parts that stand no further apart are one: what is read behind a part, to its end or beyond it, comes to as much. */
const APART: u32 = 48;

let runCount: u32 = 0;
let literalCount: u32 = 0;
let zero: bool = false;

/** Parts of runs that the last `changes` told. */
export function runParts(): u32 { return runCount; }
/** Parts of literals that it told. */
export function literalParts(): u32 { return literalCount; }
/** Whether a zero stands in what it found new. */
export function freshZero(): bool { return zero; }

/**
 * Writes the parts (start, end; u32 each, counted from `begin`) to `runs` and to `literal`, ascending and apart; both have room for one more than
 * there are copies. Copies are triples as `applyDelta` tells them.
 */
function changes(begin: usize, size: u32, baseSize: u32, copies: usize, count: u32, runs: usize, literal: usize): void {
  const back = load<u32>(LITERAL_REACH);
  let r = runs, l = literal;
  let end: u32 = 0, baseEnd: u32 = 0;
  zero = false;
  // Where the last parts end so far. Changes stand close together, and what one part holds needs no start of its own.
  let runStop: u32 = 0, literalStop: u32 = 0;
  for (let i: u32 = 0; i <= count; i++) {
    const last = i == count;
    const start = last ? size : load<u32>(copies);
    const from = last ? baseSize : load<u32>(copies, 4);
    if (start > end || from != baseEnd) {
      if (start > end && !zero) zero = hasZero(begin + end, begin + start);
      if (r == runs || end > runStop + RUN_BEFORE + APART) {
        if (r > runs) store<u32>(r - 4, runEnd(begin, runStop, size));
        const first = runStart(begin, end);
        if (r == runs || first > load<u32>(r - 4) + APART) {
          store<u32>(r, first);
          r += 8;
        }
      }
      runStop = max(runStop, start + RUN_BEHIND);
      if (l == literal || end > literalStop + back + APART) {
        if (l > literal) store<u32>(l - 4, min(size, literalStop));
        l = widen(literal, l, min(end > back ? end - back : 0, userinfoStart(begin, end)));
      }
      literalStop = max(literalStop, start + LITERAL_BEHIND);
    }
    if (last) break;
    end = start + load<u32>(copies, 8);
    baseEnd = from + load<u32>(copies, 8);
    copies += 12;
  }
  if (r > runs) store<u32>(r - 4, runEnd(begin, runStop, size));
  if (l > literal) store<u32>(l - 4, min(size, literalStop));
  literalCount = <u32>((l - literal) >> 3);
  runCount = <u32>((r - runs) >> 3);
}

/** Begins a part, or goes on with those that its start reaches. */
function widen(first: usize, next: usize, start: u32): usize {
  while (next > first && load<u32>(next - 4) + APART >= start) {
    start = min(start, load<u32>(next - 8));
    next -= 8;
  }
  store<u32>(next, start);
  return next + 8;
}

/** Whether a byte of [p, end) is zero. */
export function hasZero(p: usize, end: usize): bool {
  for (; p + 16 <= end; p += 16) if (!i8x16.all_true(v128.load(p))) return true;
  for (; p < end; p++) if (load<u8>(p) == 0) return true;
  return false;
}

function runStart(begin: usize, place: u32): u32 {
  let at = place > RUN_BEFORE ? place - RUN_BEFORE : 0;
  while (at > 0 && isToken(load<u8>(begin + at - 1))) at--;
  return at;
}

function runEnd(begin: usize, place: u32, size: u32): u32 {
  let at = min(size, place);
  while (at < size && isToken(load<u8>(begin + at))) at++;
  return at;
}

/** Where `user:password@` that reaches a place may start: nothing of it is a blank or a quote. */
function userinfoStart(begin: usize, place: u32): u32 {
  const stop = place > USERINFO ? place - USERINFO : 0;
  let at = place;
  while (at > stop) {
    const c = load<u8>(begin + at - 1);
    if (c <= 0x20 || c == 0x22 || c == 0x27 || c == 0x3c || c == 0x3e || c == 0x60) break;
    at--;
  }
  return at;
}

/** Letters, digits, and `+ - . / = _`. */
function isToken(c: u8): bool {
  return <u8>((c | 32) - 97) < 26 || <u8>(c - 48) < 10 || c == 0x2b || c == 0x2d || c == 0x2e || c == 0x2f || c == 0x3d || c == 0x5f;
}

/** Works out `changes`, and lists the candidates that start in its parts: runs and prefixes, then literals. Returns how many there are. */
export function changedCandidates(
  begin: usize, size: u32, baseSize: u32, copies: usize, count: u32, runs: usize, literal: usize, out: usize, outEnd: usize,
): i32 {
  changes(begin, size, baseSize, copies, count, runs, literal);
  const first = gateParts(begin, runs, runCount, out, outEnd);
  if (first < 0) return TOO_MANY;
  const second = literalsParts(begin, literal, literalCount, begin + size, out + 12 * first, outEnd);
  return second < 0 ? TOO_MANY : first + second;
}

/** The gate over parts of a text; candidates as it tells them. */
function gateParts(begin: usize, parts: usize, count: u32, out: usize, outEnd: usize): i32 {
  let o = out;
  for (let i: u32 = 0; i < count; i++) {
    const to = begin + load<u32>(parts, 4);
    o += 12 * gate(begin, begin + load<u32>(parts), to, o, outEnd);
    if (resumeAt < to) return TOO_MANY;
    parts += 8;
  }
  return <i32>((o - out) / 12);
}

/** The literals that start in parts of the text that ends at `end`. */
function literalsParts(begin: usize, parts: usize, count: u32, end: usize, out: usize, outEnd: usize): i32 {
  let o = out;
  for (let i: u32 = 0; i < count; i++) {
    const from = begin + load<u32>(parts);
    const to = begin + load<u32>(parts, 4);
    // What tells a literal apart may stand behind its start.
    const stop = min(to + load<u32>(LITERAL_REACH, 4), end);
    const found = literals(begin, from, stop, end, o, outEnd);
    if (literalsResumeAt < stop) return TOO_MANY;
    let kept = o;
    for (let k: u32 = 0; k < found; k++) {
      const start = <usize>load<u32>(o + 12 * k);
      if (start < from || start >= to) continue;
      store<u64>(kept, load<u64>(o + 12 * k));
      store<u32>(kept, load<u32>(o + 12 * k, 8), 8);
      kept += 12;
    }
    o = kept;
    parts += 8;
  }
  return <i32>((o - out) / 12);
}
