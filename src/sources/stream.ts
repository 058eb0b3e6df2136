import { close, constants, fstatSync, openSync, read as readInto } from "node:fs";
import type { Readable } from "node:stream";
import { isMainThread } from "node:worker_threads";
import type { BlobId, Provenance } from "../model/index.ts";
import { blocks, type Read, type Target } from "./blocks.ts";
import { code, unread } from "./failure.ts";
import type { Unit } from "./unit.ts";

type Stream = Extract<Unit, { kind: "stream" }>;

/** Reads standard input or a named pipe to its end. A pipe that says nothing blocks no thread, so that Ctrl-C is heard. */
export async function openStream(unit: Stream, target: Target): Promise<void> {
  const { path, source } = unit;
  const provenance: Provenance = { kind: source === "stdin" ? "stdin" : "file", path };
  let fd = 0;
  try {
    // A FIFO that nobody writes to yet would block the one who opens it.
    if (source === "pipe") fd = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const waits = source === "stdin" && isMainThread && !fstatSync(0).isFile();
    await blocks(target, waits ? pulled(process.stdin) : polled(fd, path), path as BlobId, provenance);
  } catch (error) {
    target.visit({ type: "gap", gap: { what: path, why: unread(error) } });
  } finally {
    if (fd !== 0) close(fd, () => {});
  }
}

/** Reads a stream as it is asked for; `seen` hears of each piece. */
export function pulled(stream: Readable, seen: (bytes: number) => void = () => {}): Read {
  const pieces = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let rest: Buffer = Buffer.alloc(0);
  return async (into) => {
    while (rest.length === 0) {
      const next = await pieces.next();
      if (next.done) return 0;
      rest = next.value;
      seen(rest.length);
    }
    const n = rest.copy(into);
    rest = rest.subarray(n);
    return n;
  };
}

/** Milliseconds between two looks at a pipe that has nothing to say. */
const PAUSE = 10;

/** Reads a descriptor as its bytes come; a FIFO whose writer has not come yet is waited for, as `cat` does. */
function polled(fd: number, path: string): Read {
  let waiting = isFifo(fd) && !/^\/(?:dev|proc)\//.test(path) && fd !== 0;
  return async (into) => {
    for (;;) {
      const got = await some(fd, into);
      // Nothing yet means that a writer has come.
      if (got !== 0) waiting = false;
      else if (!waiting) return 0;
      if (got) return got;
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  };
}

const isFifo = (fd: number): boolean => fstatSync(fd).isFIFO();

/** Bytes read, 0 at the end, undefined when there is nothing now. */
function some(fd: number, into: Buffer): Promise<number | undefined> {
  return new Promise((done, fail) => {
    readInto(fd, into, 0, into.length, null, (error, got) => {
      if (!error) done(got);
      else if (code(error) === "EOF") done(0);
      else if (code(error) === "EAGAIN") done(undefined);
      else fail(error);
    });
  });
}
