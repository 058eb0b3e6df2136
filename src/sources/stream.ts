import { close, constants, fstatSync, openSync, read as readInto } from "node:fs";
import type { BlobId, Provenance } from "../model/index.ts";
import { archiveKind, UNREAD } from "./archive-kind.ts";
import { blocks, PAUSE, type Read, type Target } from "./blocks.ts";
import { code, unread } from "./failure.ts";
import { live, piecesFrom, replay } from "./reads.ts";
import type { Limits, Unit } from "./unit.ts";

type Stream = Extract<Unit, { kind: "stream" }>;

/** Reads standard input or a named pipe to its end. A pipe that says nothing blocks no thread, so that Ctrl-C is heard. */
export async function openStream(unit: Stream, target: Target, limits: Limits): Promise<void> {
  const { path, source } = unit;
  let fd = 0;
  try {
    // A FIFO that nobody writes to yet would block the one who opens it.
    if (source === "pipe") fd = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const provenance: Provenance = { kind: source === "stdin" ? "stdin" : "file", path };
    await openText(readerOf(fd, unit), provenance, target, limits);
  } catch (error) {
    target.visit({ type: "gap", gap: { what: path, why: unread(error) } });
  } finally {
    if (fd !== 0) close(fd, () => {});
  }
}

/** Bytes that tell an archive. */
const HEAD = 512;

/** A text that comes as it comes, or an archive. Looked at before its end only while it is text. */
async function openText(read: Read, provenance: Provenance, target: Target, limits: Limits): Promise<void> {
  const { room, visit } = target;
  const { path } = provenance;
  let filled = 0;
  let got = 1;
  // What pauses this early is no archive: its first record is longer.
  for (; filled < HEAD && got > 0; filled += Math.max(0, got)) got = await read(room.subarray(filled, HEAD));
  const kind = archiveKind(room, filled);
  if (kind && kind !== "unread") {
    const start = Buffer.from(room.subarray(0, filled));
    const data = () => piecesFrom(replay(start, read));
    const { openArchive } = await import("./archive.ts");
    return openArchive({ kind, data, provenance, target, limits });
  }
  if (kind === "unread") visit({ type: "gap", gap: { what: path, why: UNREAD } });
  let paused = got === PAUSE;
  const rest: Read = (into) => {
    if (!paused) return got === 0 ? 0 : read(into);
    paused = false;
    return PAUSE;
  };
  await blocks(target, { read: rest, blob: path as BlobId, provenance, filled });
}

function readerOf(fd: number, { path, source }: Stream): Read {
  if (source === "stdin" && fstatSync(fd).isFile()) return (into) => some(fd, into).then((got) => got ?? 0);
  if (source !== "stdin" || !process.getBuiltinModule("node:worker_threads").isMainThread)
    return live(polled(fd, path));
  const pieces = process.stdin[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  return live(() => pieces.next().then(({ done, value }) => (done ? undefined : value)));
}

/** Milliseconds between two looks at a pipe that has nothing to say. */
const WAIT = 10;
const PIECE = 64 * 1024;

/** Reads a descriptor as its bytes come; a FIFO whose writer has not come yet is waited for, as `cat` does. */
function polled(fd: number, path: string): () => Promise<Buffer | undefined> {
  let waiting = fd !== 0 && fstatSync(fd).isFIFO() && !/^\/(?:dev|proc)\//.test(path);
  return async () => {
    const piece = Buffer.allocUnsafe(PIECE);
    for (;;) {
      const got = await some(fd, piece);
      // Nothing yet means that a writer has come.
      if (got !== 0) waiting = false;
      else if (!waiting) return undefined;
      if (got) return piece.subarray(0, got);
      await new Promise((resolve) => setTimeout(resolve, WAIT));
    }
  };
}

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
