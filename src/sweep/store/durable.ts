import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { ScanError } from "../../model/index.ts";

/**
 * Writes a file whole or not at all: beside it, synced, renamed over it. After a crash of the machine it is the old one or
 * the new one. What has a checksum of its own need not be synced.
 */
export function writeWholly(file: string, pieces: Iterable<string | Uint8Array>, isSynced = true): void {
  const beside = `${file}.${process.pid}.tmp`;
  try {
    const open = openSync(beside, "w", 0o600);
    try {
      for (const piece of pieces) writeWhole(open, typeof piece === "string" ? Buffer.from(piece) : piece);
      if (isSynced) fsyncSync(open);
    } finally {
      closeSync(open);
    }
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    throw notWritable(file, error);
  }
}

/** Adds a line to a file. One line is one write, so that lines of several processes do not mix. */
export function appendLine(file: string, line: string, isSynced: boolean): void {
  try {
    const open = openSync(file, "a", 0o600);
    try {
      writeWhole(open, Buffer.from(`${line}\n`));
      if (isSynced) fsyncSync(open);
    } finally {
      closeSync(open);
    }
  } catch (error) {
    throw notWritable(file, error);
  }
}

/** The text of a file; undefined if there is none. */
export function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    throw new ScanError("store-invalid", `cannot read ${file}: ${code}`);
  }
}

function writeWhole(open: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(open, bytes, at);
}

function notWritable(file: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  return code === undefined ? error : new ScanError("store-invalid", `cannot write ${file}: ${code}`);
}
