// Tree objects: `MODE NAME NUL ID` for each entry (git's "tree objects"). The slow twin is src/git/tree.ts.
//
// Folders and wanted entries are kept, each different one once. A tree's entries are kept as runs, which end behind names that
// their hash picks: what two versions of a tree have alike is, but for a run or two, the same runs, and those are kept once, too.
//
// Of a tree that a delta makes from another one, only what is new is read. _Marks_ say where entries begin: each that is kept, and one every
// few hundred bytes. Where an entry begins in a copy, and the base has a mark at the same byte, the two are alike up to the last mark in the copy.
import { copyCount } from "./delta";

/** Answers of `addTree`; src/kernel/trees.ts has the same. */
const FULL: i32 = -1;
const BROKEN: i32 = -2;

/** The rooms, in the order of src/kernel/trees.ts. */
let bitmap: usize = 0, wanted: usize = 0, wantedMask: u32 = 0;
let texts: usize = 0, textsEnd: usize = 0;
let entries: usize = 0, entriesEnd: usize = 0, entrySlots: usize = 0, entrySlotMask: u32 = 0;
let runs: usize = 0, runsEnd: usize = 0, runSlots: usize = 0, runSlotMask: u32 = 0;
let members: usize = 0, membersEnd: usize = 0;
let lists: usize = 0, listsEnd: usize = 0;
let marks: usize = 0, marksEnd: usize = 0, levels: usize = 0;

/** How much of each room is taken: bytes, entries, runs, members, runs of trees. */
export let textSize: u32 = 0;
export let entryCount: u32 = 0;
export let runCount: u32 = 0;
export let memberCount: u32 = 0;
export let listSize: u32 = 0;

const MIX: u64 = 0x9e3779b97f4a7c15;
/** A table that someone filled on purpose costs no more than this; what is not found is kept once more. */
const PROBES: u32 = 32;
/** A run is of 16 on average, and of at most this many. */
const LONGEST_RUN: u32 = 256;
const FOLDER_HEAD: u64 = 0x203030303034; // "40000 "
const FILE_HEAD: u64 = 0x20343436303031; // "100644 "
const PROGRAM_HEAD: u64 = 0x20353537303031; // "100755 "

/** Takes the rooms' addresses and sizes from a list of u32. The slots must be zero. */
export function openTrees(room: usize): void {
  bitmap = load<u32>(room);
  wanted = load<u32>(room, 4);
  wantedMask = load<u32>(room, 8);
  texts = load<u32>(room, 12);
  textsEnd = load<u32>(room, 16);
  entries = load<u32>(room, 20);
  entriesEnd = load<u32>(room, 24);
  entrySlots = load<u32>(room, 28);
  entrySlotMask = load<u32>(room, 32);
  runs = load<u32>(room, 36);
  runsEnd = load<u32>(room, 40);
  runSlots = load<u32>(room, 44);
  runSlotMask = load<u32>(room, 48);
  members = load<u32>(room, 52);
  membersEnd = load<u32>(room, 56);
  lists = load<u32>(room, 60);
  listsEnd = load<u32>(room, 64);
  marks = load<u32>(room, 68);
  marksEnd = load<u32>(room, 72);
  levels = load<u32>(room, 76);
  textSize = 0;
  entryCount = 0;
  runCount = 0;
  memberCount = 0;
  listSize = 0;
}

/** Enters an id that is looked for; the table has at least twice as many slots as there are ids. */
export function want(id: usize): void {
  const first = load<u32>(id);
  const byte = bitmap + ((first & 0x3ffff) >>> 3);
  store<u8>(byte, load<u8>(byte) | (<u8>1 << <u8>(first & 7)));
  const key = keyOf(id);
  for (let slot = slotOf(key) & wantedMask; ; slot = (slot + 1) & wantedMask) {
    const at = wanted + (<usize>slot << 3);
    const there = load<u64>(at);
    if (there == key) return;
    if (there == 0) { store<u64>(at, key); return; }
  }
}

/** The first eight bytes of an id; 0 is an empty slot. */
// @ts-ignore: decorator
@inline
function keyOf(id: usize): u64 { return max<u64>(load<u64>(id), 1); }

// @ts-ignore: decorator
@inline
function slotOf(key: u64): u32 { return <u32>((key * MIX) >>> 32); }

/** Whether an id is looked for, as far as its first eight bytes say; the caller compares the rest. */
function isWanted(id: usize): bool {
  const key = keyOf(id);
  let slot = slotOf(key) & wantedMask;
  let there = load<u64>(wanted + (<usize>slot << 3));
  while (there != key && there != 0) {
    slot = (slot + 1) & wantedMask;
    there = load<u64>(wanted + (<usize>slot << 3));
  }
  return there == key;
}

/** A mark, 8 bytes: where an entry begins; 0, or twice the entry's number plus 2, plus 1 if a run ends with it. */
const MARK: u32 = 8;
/** Bytes between two marks, at least. */
const STRIDE: usize = 256;

/** Whether the last tree's marks found room. */
export let isMarked: u32 = 0;

/** The run that is being made, and the marks. */
let runBegin: u32 = 0;
let runHash: u64 = 0;
let markAt: usize = 0;
let lastMark: usize = 0;

/**
 * Keeps what a tree in [begin, end) holds; 64 readable bytes stand behind it. Its marks become those of `level`; `base` is the level of what the last
 * delta made it from. Both are -1 where there is none. Answers how many runs it has, which stand at the end of the list; FULL if a room has too little
 * left, and then nothing of it counts; BROKEN - n if it is no tree behind its first n runs, which count.
 */
export function addTree(begin: usize, end: usize, idSize: u32, level: i32, base: i32, copies: usize): i32 {
  const firstRun = listSize;
  const baseMarks: usize = base < 0 ? marks : marks + load<u32>(levels + (<usize>base << 2));
  const baseEnd: usize = base < 0 ? marks : marks + load<u32>(levels + (<usize>(base + 1) << 2));
  let copy = copies;
  const copiesEnd = base < 0 || copyCount < 0 ? copies : copies + <usize>copyCount * 12;
  let mark: usize = 0; // among the base's, for this copy; 0 before it is looked for
  isMarked = u32(level >= 0);
  markAt = level < 0 ? 0 : marks + load<u32>(levels + (<usize>level << 2));
  runBegin = memberCount;
  runHash = 0;
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
          if (what != 0 && !keep((what >>> 1) - 1, (what & 1) != 0)) return full(firstRun);
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
    if (!isElsewhere && (isFolder || (isMaybeWanted(id) && isWanted(id)))) {
      const hash = nameHash(name, id - 1);
      const entry = entryOf(name, <u32>(next - name), isFolder, (hash ^ load<u64>(id)) * MIX);
      if (entry < 0) return full(firstRun);
      const isLast = ((hash >>> 40) & 15) == 0;
      put(place, ((<u32>entry + 1) << 1) | u32(isLast));
      lastMark = at;
      if (!keep(entry, isLast)) return full(firstRun);
    } else if (at - lastMark >= STRIDE) {
      put(place, 0);
      lastMark = at;
    }
    at = next;
  }
  if (!isBroken) put(<u32>(end - begin), 0);
  if (memberCount > runBegin && !endRun(runBegin, runHash)) return full(firstRun);
  if (isMarked) store<u32>(levels + (<usize>(level + 1) << 2), <u32>(markAt - marks));
  const count = <i32>(listSize - firstRun);
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

/** Takes an entry into the run; false if there is no room. */
// @ts-ignore: decorator
@inline
function keep(entry: u32, isLast: bool): bool {
  const member = members + (<usize>memberCount << 2);
  if (member + 4 > membersEnd) return false;
  store<u32>(member, entry);
  memberCount++;
  runHash = mixed(runHash ^ <u64>(entry + 1));
  if (!isLast && memberCount - runBegin < LONGEST_RUN) return true;
  if (!endRun(runBegin, runHash)) return false;
  runBegin = memberCount;
  runHash = 0;
  return true;
}

let modeEnd: usize = 0;

function full(firstRun: u32): i32 {
  listSize = firstRun;
  memberCount = runBegin;
  return FULL;
}

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

// @ts-ignore: decorator
@inline
function isMaybeWanted(id: usize): bool {
  const first = load<u32>(id);
  return ((load<u8>(bitmap + ((first & 0x3ffff) >>> 3)) >>> (first & 7)) & 1) != 0;
}

// @ts-ignore: decorator
@inline
function mixed(value: u64): u64 {
  const product = value * MIX;
  return product ^ (product >>> 32);
}

function nameHash(at: usize, end: usize): u64 {
  let hash: u64 = end - at;
  for (; at + 8 <= end; at += 8) hash = mixed(hash ^ load<u64>(at));
  const rest = <u64>(end - at);
  return rest == 0 ? hash : mixed(hash ^ (load<u64>(at) << ((8 - rest) << 3)));
}

/** The number of an entry (`NAME NUL ID`), which is kept if it is new; -1 if there is no room. */
function entryOf(text: usize, length: u32, isFolder: bool, hash: u64): i32 {
  const shape = (length << 1) | u32(isFolder);
  let slot = <u32>(hash >>> 32) & entrySlotMask;
  let free: usize = 0;
  for (let probe: u32 = 0; probe < PROBES; probe++, slot = (slot + 1) & entrySlotMask) {
    const at = entrySlots + (<usize>slot << 2);
    const number = load<u32>(at);
    if (number == 0) { free = at; break; }
    const entry = entries + (<usize>(number - 1) << 3);
    if (load<u32>(entry, 4) == shape && isSame(texts + load<u32>(entry), text, length)) return number - 1;
  }
  const entry = entries + (<usize>entryCount << 3);
  if (entry + 8 > entriesEnd || texts + textSize + length > textsEnd) return -1;
  store<u32>(entry, textSize);
  store<u32>(entry, shape, 4);
  memory.copy(texts + textSize, text, length);
  textSize += length;
  entryCount++;
  if (free != 0) store<u32>(free, entryCount);
  return entryCount - 1;
}

function isSame(a: usize, b: usize, length: u32): bool {
  const last = a + length;
  for (; a + 8 <= last; a += 8, b += 8) if (load<u64>(a) != load<u64>(b)) return false;
  for (; a < last; a++, b++) if (load<u8>(a) != load<u8>(b)) return false;
  return true;
}

/** Ends the run of the last members: one that is known gives its members back. False if there is no room. */
function endRun(begin: u32, hash: u64): bool {
  if (lists + (<usize>listSize << 2) + 4 > listsEnd) return false;
  const length = memberCount - begin;
  const first = members + (<usize>begin << 2);
  let slot = <u32>(hash >>> 16) & runSlotMask;
  let free: usize = 0;
  for (let probe: u32 = 0; probe < PROBES; probe++, slot = (slot + 1) & runSlotMask) {
    const at = runSlots + (<usize>slot << 2);
    const number = load<u32>(at);
    if (number == 0) { free = at; break; }
    const run = runs + (<usize>(number - 1) << 3);
    if (load<u32>(run, 4) == length && isSame(members + (<usize>load<u32>(run) << 2), first, length << 2)) {
      memberCount = begin;
      return list(number - 1);
    }
  }
  const run = runs + (<usize>runCount << 3);
  if (run + 8 > runsEnd) return false;
  store<u32>(run, begin);
  store<u32>(run, length, 4);
  runCount++;
  if (free != 0) store<u32>(free, runCount);
  return list(runCount - 1);
}

// @ts-ignore: decorator
@inline
function list(run: u32): bool {
  store<u32>(lists + (<usize>listSize << 2), run);
  listSize++;
  return true;
}
