import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import type { BlobId, Provenance } from "../model/index.ts";
import { archiveKind, UNREAD, ZIP_END, zipBehind } from "./archive-kind.ts";
import { blocks, type Read, type Target, type Visit } from "./blocks.ts";
import { Abandoned, code, Flaw, Overdue, reason, unread } from "./failure.ts";
import { type InTime, untimed } from "./in-time.ts";
import { onDisk } from "./names.ts";
import { openStream } from "./stream.ts";
import type { Limits, Listing, Opened, TextUnit } from "./unit.ts";

/**
 * Opens a unit in the thread that will scan it, and hands everything in it to `visit`; awaits only for archives and
 * streams. `inTime` is asked for each run of work that lets nothing else happen.
 */
export async function open(unit: TextUnit, given: Target, limits: Limits, inTime: InTime = untimed): Promise<void> {
  const target = { ...given, visit: guarded((item) => inTime(() => given.visit(item))) };
  if (unit.kind === "stream") {
    target.visit({ type: "opening", path: unit.path });
    await openStream(unit, target, limits);
    return;
  }
  if (unit.kind === "names") {
    // They share their time: each is short.
    try {
      inTime(() => {
        for (const { shown, text } of unit.names) openName(shown, text, target);
      });
    } catch (error) {
      if (!(error instanceof Overdue)) throw error;
      given.visit({ type: "gap", gap: { what: "names", why: error.message } });
    }
    return;
  }
  let next = 0;
  const openSome = (): void | Promise<void> => {
    while (next < unit.paths.length) {
      const path = unit.paths[next++]!;
      target.visit({ type: "opening", path: unit.shown + path });
      const pending = openFile(join(unit.root, path), unit.shown + path, unit.listed, target, limits);
      if (pending) return pending;
    }
  };
  while (next < unit.paths.length) {
    try {
      await inTime(openSome);
    } catch (error) {
      if (!(error instanceof Overdue)) throw error;
      given.visit({ type: "gap", gap: { what: unit.shown + unit.paths[next - 1]!, why: error.message } });
    }
  }
}

/** Its text is short, and never UTF-16: nothing is to be waited for. */
function openName(shown: string, text: string, target: Target): void {
  const filled = target.room.write(text.slice(0, LONGEST_NAME));
  const provenance: Provenance = { kind: "file", path: shown };
  void blocks(target, { read: () => 0, blob: shown as BlobId, provenance, filled, whole: true });
}

/** More than any name has. */
const LONGEST_NAME = 65_536;

/** A text that we fail at is a gap, as one that cannot be read is; but it is said whose fault that was. */
export function guarded(visit: Visit): Visit {
  return (item) => {
    try {
      visit(item);
    } catch (error) {
      throw error instanceof Abandoned ? error : new Flaw(error);
    }
  };
}

// A link is not followed, and a FIFO does not block; Windows has neither flag.
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

function openFile(path: string, shown: string, listed: Listing, target: Target, limits: Limits): void | Promise<void> {
  let fd: number;
  try {
    fd = openSync(onDisk(path), FLAGS);
  } catch (error) {
    target.visit(unopened(error, shown, listed));
    return;
  }
  const failed = (error: unknown) => target.visit({ type: "gap", gap: { what: shown, why: unread(error) } });
  try {
    const pending = readFile(fd, provenanceOf(shown, listed), target, limits);
    if (pending) return pending.catch(failed).finally(() => closeSync(fd));
  } catch (error) {
    failed(error);
  }
  closeSync(fd);
}

/** Opens a file for what it stands in for. */
export async function openStored(path: string, provenance: Provenance, target: Target, limits: Limits): Promise<void> {
  const fd = openSync(path, FLAGS);
  try {
    await readFile(fd, provenance, target, limits);
  } finally {
    closeSync(fd);
  }
}

function readFile(fd: number, provenance: Provenance, target: Target, limits: Limits): void | Promise<void> {
  const shown = provenance.path;
  const stat = fstatSync(fd);
  if (stat.isDirectory()) return target.visit({ type: "gap", gap: { what: shown, why: NESTED } });
  if (!stat.isFile()) return target.visit({ type: "skipped", reason: "not a regular file" });
  if (stat.size > limits.fileSize)
    return target.visit({ type: "gap", gap: { what: shown, why: tooLarge(stat.size, limits.fileSize) } });
  const { room, size } = target;
  let at = 0;
  const read: Read = (into) => {
    const got = readSync(fd, into, 0, into.length, at);
    at += got;
    if (at > limits.fileSize) throw new Error(tooLarge(at, limits.fileSize));
    return got > 0 && at > stat.size ? afterOthers(got) : got;
  };
  const filled = readSync(fd, room, 0, size, 0);
  const kind = archiveKind(room, filled);
  if (kind === "unread") target.visit({ type: "gap", gap: { what: shown, why: UNREAD } });
  else if (kind)
    return import("./archive.ts").then(({ openArchive }) =>
      openArchive({ kind, fd, data: () => piecesOf(fd), provenance, target, limits }),
    );
  at = filled;
  const from = kind ? undefined : zipBehind(tailOf(fd, room, filled, stat.size), stat.size);
  if (from !== undefined) return behindText(fd, from, { read, filled }, provenance, target, limits);
  // What the file had when it was opened is all there, so its end need not be asked for.
  const whole = filled === stat.size && filled < size;
  return blocks(target, { read, blob: shown as BlobId, provenance, filled, whole, again: () => piecesOf(fd) });
}

function tailOf(fd: number, room: Buffer, filled: number, size: number): Buffer {
  if (size < ZIP_END) return room.subarray(0, 0);
  if (filled === size) return room.subarray(size - ZIP_END, size);
  const tail = Buffer.alloc(ZIP_END);
  return tail.subarray(0, readSync(fd, tail, 0, ZIP_END, size - ZIP_END));
}

/** What stands before a zip archive is a text of its own: all of the file as far as it is not known where that ends. `whole` reads that. */
async function behindText(
  fd: number,
  from: number,
  whole: { readonly read: Read; readonly filled: number },
  provenance: Provenance,
  target: Target,
  limits: Limits,
): Promise<void> {
  const first = target.room.subarray(0, whole.filled).indexOf("PK\x03\x04", 0, "latin1");
  const text = first < 0 ? whole : { read: () => 0, filled: first, whole: true };
  await blocks(target, { ...text, blob: provenance.path as BlobId, provenance, again: () => piecesOf(fd) });
  const { openArchive } = await import("./archive.ts");
  await openArchive({ kind: "zip", data: () => piecesOf(fd, from), provenance, target, limits });
}

/** What a file has beyond its size may have no end, as in /proc: whoever wants to stop it has to have a turn in between. */
const afterOthers = (got: number): Promise<number> => new Promise((resolve) => setImmediate(resolve, got));

const PIECE = 64 * 1024;

/** A file in pieces. Node's own stream would close the descriptor, which is not ours to close. */
function* piecesOf(fd: number, from = 0): Generator<Buffer> {
  for (let at = from; ; ) {
    const piece = Buffer.allocUnsafe(PIECE);
    const got = readSync(fd, piece, 0, PIECE, at);
    if (got === 0) return;
    at += got;
    yield piece.subarray(0, got);
  }
}

function provenanceOf(path: string, listed: Listing): Provenance {
  return { kind: "file", path, ...(listed === "untracked" && { untracked: true }) };
}

const NESTED = "a repository inside this one (a submodule or a clone): scan it on its own";

function unopened(error: unknown, shown: string, listed: Listing): Opened {
  switch (code(error)) {
    case "ELOOP":
    case "EMLINK":
      return { type: "skipped", reason: "symbolic link" };
    case "ENOENT":
      if (listed === "git") return { type: "skipped", reason: "deleted in the work tree" };
      return { type: "gap", gap: { what: shown, why: "vanished while it was scanned" } };
    case "EISDIR":
      return { type: "gap", gap: { what: shown, why: NESTED } };
    case "ENXIO":
    case "ENODEV":
      return { type: "skipped", reason: "not a regular file" };
    default:
      return { type: "gap", gap: { what: shown, why: `could not be opened: ${reason(error)}` } };
  }
}

function tooLarge(size: number, limit: number): string {
  return `${size} bytes is over the limit of ${limit}; raise it with --max-file-size`;
}
