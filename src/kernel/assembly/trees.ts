// Tree objects: `MODE NAME NUL ID` for each entry (git's "tree objects"). The slow twin is src/git/tree.ts.
//
// Folders and wanted entries are kept, each different one once. A tree's entries are kept as runs, which end behind names that
// their hash picks: what two versions of a tree have alike is, but for a run or two, the same runs, and those are kept once, too.

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

/**
 * Keeps what a tree in [at, end) holds; 64 readable bytes stand behind it. Answers how many runs it has, which stand at the end of the list; FULL if a
 * room has too little left, and then nothing of it counts; BROKEN - n if it is no tree behind its first n runs, which count.
 */
export function addTree(at: usize, end: usize, idSize: u32): i32 {
  const firstRun = listSize;
  let begin = memberCount;
  let runHash: u64 = 0;
  let isBroken = false;
  while (at < end) {
    const head = load<u64>(at);
    let isFolder = false;
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
      name = modeEnd;
      // A submodule's commit is in another repository.
      if ((mode >>> 12) == 14) name |= SKIPPED;
    }
    const isSkipped = (name & SKIPPED) != 0;
    name &= ~SKIPPED;
    const id = nulBehind(name, end) + 1;
    const next = id + idSize;
    if (id == name + 1 || next > end) { isBroken = true; break; }
    if (!isSkipped && (isFolder || (isMaybeWanted(id) && isWanted(id)))) {
      const hash = nameHash(name, id - 1);
      const entry = entryOf(name, <u32>(next - name), isFolder, (hash ^ load<u64>(id)) * MIX);
      if (entry < 0 || members + (<usize>memberCount << 2) + 4 > membersEnd) return full(firstRun, begin);
      store<u32>(members + (<usize>memberCount << 2), entry);
      memberCount++;
      runHash = mixed(runHash ^ <u64>(entry + 1));
      if (((hash >>> 40) & 15) == 0 || memberCount - begin >= LONGEST_RUN) {
        if (!endRun(begin, runHash)) return full(firstRun, begin);
        begin = memberCount;
        runHash = 0;
      }
    }
    at = next;
  }
  if (memberCount > begin && !endRun(begin, runHash)) return full(firstRun, begin);
  const count = <i32>(listSize - firstRun);
  return isBroken ? BROKEN - count : count;
}

const SKIPPED: usize = 0x80000000;
let modeEnd: usize = 0;

function full(firstRun: u32, begin: u32): i32 {
  listSize = firstRun;
  memberCount = begin;
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

/** The first NUL from a place on, or a place at or behind the end. */
// @ts-ignore: decorator
@inline
function nulBehind(at: usize, end: usize): usize {
  while (true) {
    const bits = i8x16.bitmask(i8x16.eq(v128.load(at), i8x16.splat(0)));
    if (bits != 0) return at + ctz(bits);
    at += 16;
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
