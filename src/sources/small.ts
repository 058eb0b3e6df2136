import { lstatSync } from "node:fs";
import { join } from "node:path";
import { onDisk } from "./names.ts";
import type { Unit } from "./unit.ts";

/** What a version of a file has, as a guess: its size is known when it is read. */
const LIKELY = 8 << 10;

/** What may be scanned in one thread: files, bytes in all but the largest of them, and bytes of that one. */
export interface Smallness {
  readonly files: number;
  readonly bytes: number;
  readonly largest: number;
}

/** Whether sharing units out over threads would bring little; a stream cannot be shared out, nor can a file. */
export function isSmall(units: readonly Unit[], most: Smallness): boolean {
  let files = 0;
  let bytes = 0;
  let largest = 0;
  for (const unit of units) {
    if (unit.kind === "changes") for (const { texts } of unit.sets) bytes += texts.length * LIKELY;
    if (unit.kind === "objects") bytes += unit.bytes;
    if (unit.kind !== "files") continue;
    files += unit.paths.length;
    if (files > most.files) return false;
    for (const path of unit.paths) {
      const size = sizeOf(join(unit.root, path));
      bytes += size;
      largest = Math.max(largest, size);
    }
  }
  return bytes - largest <= most.bytes && largest <= most.largest;
}

function sizeOf(path: string): number {
  try {
    return lstatSync(onDisk(path)).size;
  } catch {
    return 0;
  }
}
