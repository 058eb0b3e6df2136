// The rooms in which trees.ts keeps what it finds: entries, runs and lists of runs, each different one of the first two once.

/** The rooms, in the order of src/kernel/trees.ts. */
let bitmap: usize = 0, wanted: usize = 0, wantedMask: u32 = 0;
let texts: usize = 0, textsEnd: usize = 0;
let entries: usize = 0, entriesEnd: usize = 0, entrySlots: usize = 0, entrySlotMask: u32 = 0;
let runs: usize = 0, runsEnd: usize = 0, runSlots: usize = 0, runSlotMask: u32 = 0;
let members: usize = 0, membersEnd: usize = 0;
let lists: usize = 0, listsEnd: usize = 0;
export let marks: usize = 0, marksEnd: usize = 0, levels: usize = 0;
let names: usize = 0, namesEnd: usize = 0, nameSlots: usize = 0, nameSlotMask: u32 = 0;

/** How much of each room is taken: bytes, entries, runs, members, runs of trees. */
export let textSize: u32 = 0;
export let entryCount: u32 = 0;
export let runCount: u32 = 0;
export let memberCount: u32 = 0;
export let listSize: u32 = 0;
/** Bytes of long names, and whether some found no room. */
export let nameSize: u32 = 0;
export let namesLost: u32 = 0;

const MIX: u64 = 0x9e3779b97f4a7c15;
/** A table that someone filled on purpose costs no more than this; what is not found is kept once more. */
const PROBES: u32 = 32;
/** A run is of 16 on average, and of at most this many. */
const LONGEST_RUN: u32 = 256;

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
  names = load<u32>(room, 80);
  namesEnd = load<u32>(room, 84);
  nameSlots = load<u32>(room, 88);
  nameSlotMask = load<u32>(room, 92);
  textSize = 0;
  entryCount = 0;
  runCount = 0;
  memberCount = 0;
  listSize = 0;
}

/** Forgets all names. */
export function dropNames(): void {
  nameSize = 0;
  namesLost = 0;
  memory.fill(nameSlots, 0, (<usize>nameSlotMask + 1) << 2);
}

/** Keeps a name of 16 bytes or more, with a line feed behind it, unless it was the last one in its slot. */
// @ts-ignore: decorator
@inline
export function keepName(at: usize, end: usize): void {
  const length = <u32>(end - at);
  // Both ends and the middle tell names apart well enough for this.
  const some = load<u64>(at) ^ rotl(load<u64>(end - 8), 21) ^ rotl(load<u64>(at + (length >>> 1) - 4), 42);
  const slot = nameSlots + (<usize>(<u32>((some * MIX) >>> 32) & nameSlotMask) << 2);
  const known = load<u32>(slot);
  if (known == 0 || !isKnown(known, at, length)) keepNew(at, length, slot);
}

// @ts-ignore: decorator
@inline
function isKnown(known: u32, at: usize, length: u32): bool {
  const end = names + known + length;
  return end < namesEnd && load<u8>(end) == 10 && isSame(names + known, at, length);
}

function keepNew(at: usize, length: u32, slot: usize): void {
  const to = names + nameSize + 1;
  if (to + length + 1 > namesEnd) { namesLost = 1; return; }
  memory.copy(to, at, length);
  store<u8>(to + length, 10);
  store<u32>(slot, nameSize + 1);
  nameSize += length + 1;
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
// @ts-ignore: decorator
@inline
export function isWanted(id: usize): bool { return isMaybeWanted(id) && isInTable(id); }

function isInTable(id: usize): bool {
  const key = keyOf(id);
  let slot = slotOf(key) & wantedMask;
  let there = load<u64>(wanted + (<usize>slot << 3));
  while (there != key && there != 0) {
    slot = (slot + 1) & wantedMask;
    there = load<u64>(wanted + (<usize>slot << 3));
  }
  return there == key;
}

// @ts-ignore: decorator
@inline
function isMaybeWanted(id: usize): bool {
  const first = load<u32>(id);
  return ((load<u8>(bitmap + ((first & 0x3ffff) >>> 3)) >>> (first & 7)) & 1) != 0;
}

/** The run that is being made. */
let runBegin: u32 = 0;
let runHash: u64 = 0;
let firstRun: u32 = 0;

export function beginTree(): void {
  firstRun = listSize;
  runBegin = memberCount;
  runHash = 0;
}

/** Ends a tree and answers how many runs it has; -1 if there is no room. */
export function endTree(): i32 {
  if (memberCount > runBegin && !endRun(runBegin, runHash)) return -1;
  return <i32>(listSize - firstRun);
}

/** Forgets the tree that was begun, but for runs and entries that nothing names. */
export function dropTree(): void {
  listSize = firstRun;
  memberCount = runBegin;
}

/** Takes an entry into the run; false if there is no room. */
// @ts-ignore: decorator
@inline
export function keep(entry: u32, isLast: bool): bool {
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

// @ts-ignore: decorator
@inline
function mixed(value: u64): u64 {
  const product = value * MIX;
  return product ^ (product >>> 32);
}

/** Spreads names over tables and runs. */
export function nameHash(at: usize, end: usize): u64 {
  let hash: u64 = end - at;
  for (; at + 8 <= end; at += 8) hash = mixed(hash ^ load<u64>(at));
  const rest = <u64>(end - at);
  return rest == 0 ? hash : mixed(hash ^ (load<u64>(at) << ((8 - rest) << 3)));
}

/** The number of an entry (`NAME NUL ID`), which is kept if it is new, by its name's hash; -1 if there is no room. */
export function entryOf(text: usize, length: u32, isFolder: bool, id: usize, hash: u64): i32 {
  hash = (hash ^ load<u64>(id)) * MIX;
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
