import { fstatSync, statSync, writeSync } from "node:fs";

const OUT = 1;
const ERR = 2;

/** Milliseconds between two tries of a pipe that is full and does not block. */
const WAIT = 2;

/** Standard output if it is a terminal, which has a width and may have colours. */
export function terminal(): NodeJS.WriteStream | undefined {
  return mayBeTerminal(OUT) && process.stdout.isTTY ? process.stdout : undefined;
}

/** Whether somebody watches standard error. */
export function isWatched(): boolean {
  return mayBeTerminal(ERR) && process.stderr.isTTY === true;
}

/** Node's streams cost a start 5 to 10 ms, so they are asked only about what may be a terminal. */
function mayBeTerminal(fd: number): boolean {
  try {
    const there = fstatSync(fd);
    return there.isCharacterDevice() && there.rdev !== statSync("/dev/null", { throwIfNoEntry: false })?.rdev;
  } catch {
    return true;
  }
}

let closed = false;

/** Writes to standard output. A reader that has seen enough (`| head`) is no failure; the exit code still says what was found. */
export function print(text: string): void {
  if (closed) return;
  try {
    const stream = terminal();
    if (stream) stream.write(text);
    else writeAll(OUT, text);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPIPE") throw error;
    closed = true;
  }
}

/** Writes pieces to standard output, many at once. */
export function printAll(pieces: Iterable<string>): void {
  for (const batch of batches<never>(pieces)) print(batch);
}

/** UTF-16 units that are written at once. */
const BATCH = 1 << 16;

/** Texts put together, since each write costs as much as some kilobytes; bytes as they come. */
export function* batches<Bytes extends Uint8Array = never>(
  pieces: Iterable<string | Bytes>,
): Generator<string | Bytes> {
  let batch = "";
  for (const piece of pieces) {
    if (typeof piece === "string") batch += piece;
    if (typeof piece === "string" && batch.length < BATCH) continue;
    if (batch) yield batch;
    batch = "";
    if (typeof piece !== "string") yield piece;
  }
  if (batch) yield batch;
}

/** Writes to standard error; that nobody listens there is no failure. */
export function printError(text: string): void {
  try {
    if (isWatched()) process.stderr.write(text);
    else writeAll(ERR, text);
  } catch {
    // There is no place left to say so.
  }
}

function writeAll(fd: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(fd, bytes, at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAIT);
    }
  }
}
