// Tree objects: `MODE NAME NUL ID` for each entry (git's "tree objects"). The slow twin is src/git/tree.ts.
//
// Folders and wanted entries are kept, each different one once. A tree's entries are kept as runs, which end behind names that
// their hash picks: what two versions of a tree have alike is, but for a run or two, the same runs, and those are kept once, too.
//
// Of a tree that a delta makes from another one, only what is new is read. _Marks_ say where entries begin: each that is kept, and one every
// few hundred bytes. Where an entry begins in a copy, and the base has a mark at the same byte, the two are alike up to the last mark in the copy.
import { copyCount } from "./delta";
import {
  beginTree, dropTree, endTree, entryOf, isWanted, keep, keepName, levels, marks, marksEnd, nameHash,
} from "./tree-rooms";

/** Answers of `addTree`; src/kernel/trees.ts has the same. */
const FULL: i32 = -1;
const BROKEN: i32 = -2;

const FOLDER_HEAD: u64 = 0x203030303034; // "40000 "
const FILE_HEAD: u64 = 0x20343436303031; // "100644 "
const PROGRAM_HEAD: u64 = 0x20353537303031; // "100755 "

/** A mark, 8 bytes: where an entry begins; 0, or twice the entry's number plus 2, plus 1 if a run ends with it. */
const MARK: u32 = 8;
/** Shorter names hold no run that the gate would stop at. */
const LONG_NAME: usize = 16;

/** Bytes between two marks, at least. */
const STRIDE: usize = 256;

/** Whether the last tree's marks found room. */
export let isMarked: u32 = 0;

/** Where the next mark goes, and where the entry stands that the last one is for. */
let markAt: usize = 0;
let lastMark: usize = 0;

/**
 * Keeps what a tree in [begin, end) holds; 64 readable bytes stand behind it. Its marks become those of `level`; `base` is the level of what the last
 * delta made it from. Both are -1 where there is none. Answers how many runs it has, which stand at the end of the list; FULL if a room has too little
 * left, and then nothing of it counts; BROKEN - n if it is no tree behind its first n runs, which count.
 */
export function addTree(begin: usize, end: usize, idSize: u32, level: i32, base: i32, copies: usize): i32 {
  beginTree();
  const baseMarks: usize = base < 0 ? marks : marks + load<u32>(levels + (<usize>base << 2));
  const baseEnd: usize = base < 0 ? marks : marks + load<u32>(levels + (<usize>(base + 1) << 2));
  let copy = copies;
  const copiesEnd = base < 0 || copyCount() < 0 ? copies : copies + <usize>copyCount() * 12;
  let mark: usize = 0; // among the base's, for this copy; 0 before it is looked for
  isMarked = u32(level >= 0);
  markAt = level < 0 ? 0 : marks + load<u32>(levels + (<usize>level << 2));
  lastMark = begin - STRIDE;
  let at = begin;
  let isBroken = false;
  while (at < end) {
    const place = <u32>(at - begin);
    while (copy < copiesEnd && place >= load<u32>(copy) + load<u32>(copy, 8)) { copy += 12; mark = 0; }
    if (copy < copiesEnd && place >= load<u32>(copy)) {
      const shift = load<u32>(copy) - load<u32>(copy, 4);
      if (mark == 0) mark = firstMark(baseMarks, baseEnd, place - shift);
      while (mark < baseEnd && load<u32>(mark) < place - shift) mark += MARK;
      if (mark < baseEnd && load<u32>(mark) == place - shift) {
        const last = load<u32>(copy) + load<u32>(copy, 8) - shift;
        for (; mark + MARK < baseEnd && load<u32>(mark, MARK) <= last; mark += MARK) {
          const what = load<u32>(mark, 4);
          put(load<u32>(mark) + shift, what);
          if (what != 0 && !keep((what >>> 1) - 1, (what & 1) != 0)) return full();
        }
        const reached = begin + load<u32>(mark) + shift;
        if (reached > at) {
          at = reached;
          lastMark = at - STRIDE;
          continue;
        }
      }
    }
    const head = load<u64>(at);
    let isFolder = false, isElsewhere = false;
    let name: usize = 0;
    if ((head & 0xffffffffffff) == FOLDER_HEAD) {
      isFolder = true;
      name = at + 6;
    } else if ((head & 0xffffffffffffff) == FILE_HEAD || (head & 0xffffffffffffff) == PROGRAM_HEAD) {
      name = at + 7;
    } else {
      const mode = readMode(at, end);
      if (mode < 0) { isBroken = true; break; }
      isFolder = (mode >>> 12) == 4;
      isElsewhere = (mode >>> 12) == 14; // a submodule's commit
      name = modeEnd;
    }
    const id = nulBehind(name, end) + 1;
    const next = id + idSize;
    if (id == name + 1 || next > end) { isBroken = true; break; }
    if (id - 1 - name >= LONG_NAME) keepName(name, id - 1);
    if (!isElsewhere && (isFolder || isWanted(id))) {
      const hash = nameHash(name, id - 1);
      const entry = entryOf(name, <u32>(next - name), isFolder, id, hash);
      if (entry < 0) return full();
      const isLast = ((hash >>> 40) & 15) == 0;
      put(place, ((<u32>entry + 1) << 1) | u32(isLast));
      lastMark = at;
      if (!keep(entry, isLast)) return full();
    } else if (at - lastMark >= STRIDE) {
      put(place, 0);
      lastMark = at;
    }
    at = next;
  }
  if (!isBroken) put(<u32>(end - begin), 0);
  const count = endTree();
  if (count < 0) return full();
  if (isMarked) store<u32>(levels + (<usize>(level + 1) << 2), <u32>(markAt - marks));
  return isBroken ? BROKEN - count : count;
}

// @ts-ignore: decorator
@inline
function put(place: u32, what: u32): void {
  if (!isMarked) return;
  if (markAt + MARK > marksEnd) { isMarked = 0; return; }
  store<u32>(markAt, place);
  store<u32>(markAt, what, 4);
  markAt += MARK;
}

/** The first mark at a place or behind it. */
function firstMark(low: usize, high: usize, place: u32): usize {
  while (low < high) {
    const middle = low + (((high - low) >>> 4) << 3);
    if (load<u32>(middle) < place) low = middle + MARK;
    else high = middle;
  }
  return low;
}

function full(): i32 {
  dropTree();
  return FULL;
}

let modeEnd: usize = 0;

/** A mode in octal digits and the space behind it; -1 if there is none. */
function readMode(at: usize, end: usize): i32 {
  let mode: i32 = 0;
  for (; at < end; at++) {
    const byte = load<u8>(at);
    if (byte == 0x20) { modeEnd = at + 1; return mode; }
    if (byte < 0x30 || byte > 0x37 || mode > 0x3ffff) return -1;
    mode = (mode << 3) | (byte - 0x30);
  }
  return -1;
}

/** The first NUL from a place on, or a place at or behind the end. 32 bytes at a time: most names are shorter, and then no branch is guessed wrong. */
// @ts-ignore: decorator
@inline
function nulBehind(at: usize, end: usize): usize {
  const zero = i8x16.splat(0);
  while (true) {
    const bits = i8x16.bitmask(i8x16.eq(v128.load(at), zero)) | (i8x16.bitmask(i8x16.eq(v128.load(at, 16), zero)) << 16);
    if (bits != 0) return at + ctz(bits);
    at += 32;
    if (at >= end) return at;
  }
}
