import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Repository } from "../git/repository.ts";

/** Bytes of the files in a folder and all below it; stops counting once they are more than `enough`. Follows no link. */
export function bytesIn(folder: string, enough = Number.POSITIVE_INFINITY): number {
  let sum = 0;
  const open = [folder];
  for (let at = open.pop(); at !== undefined && sum <= enough; at = open.pop()) {
    for (const entry of entriesOf(at)) {
      const path = join(at, entry.name);
      if (entry.isDirectory()) open.push(path);
      else sum += lstatSync(path, { throwIfNoEntry: false })?.size ?? 0;
    }
  }
  return sum;
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** Bytes of a repository's own objects, counted up to `enough`. */
export const objectBytes = ({ commonDir }: Repository, enough: number): number =>
  bytesIn(join(commonDir, "objects"), enough);

/** A number of bytes for people. */
export function shownSize(bytes: number): string {
  const units = ["bytes", "KB", "MB", "GB", "TB"];
  const unit = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${unit === 0 ? bytes : (bytes / 1000 ** unit).toFixed(1)} ${units[unit]}`;
}

/** Why a repository is not looked through. */
export const tooLarge = (most: number): string =>
  `it is larger than --max-size, ${shownSize(most)}: raise it, or scan it on its own`;
