import { readSync } from "node:fs";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { BlobId, Provenance } from "../model/index.ts";
import { type ArchiveKind, archiveKind, UNREAD } from "./archive-kind.ts";
import { blocks, type Read, type Target } from "./blocks.ts";
import { Flaw } from "./failure.ts";
import { shownAs } from "./shown.ts";
import { pulled } from "./stream.ts";
import type { Limits } from "./unit.ts";

interface Archive {
  readonly kind: ArchiveKind;
  readonly fd: number;
  readonly provenance: Provenance;
  readonly target: Target;
  readonly limits: Limits;
}

/** What an archive has used up of its bounds, nested ones together. */
interface Budget {
  bytes: number;
  entries: number;
  read: number;
}

/** Bytes that are read at once. */
const PIECE = 64 * 1024;

/** A bound that was reached: thrown inside, a gap outside. */
class Bound extends Error {}

/** Opens an archive on a file descriptor and everything in it, within bounds; what a bound cuts is a gap. */
export async function openArchive(archive: Archive): Promise<void> {
  const budget: Budget = { bytes: 0, entries: 0, read: 0 };
  const data = () => Readable.from(piecesOf(archive.fd), { objectMode: false });
  await inside(archive, archive.kind, data, archive.provenance, 1, budget);
}

/** A file from its start, in pieces. Node's own stream would close the descriptor, which is not ours to close. */
function* piecesOf(fd: number): Generator<Buffer> {
  for (let at = 0; ; ) {
    const piece = Buffer.allocUnsafe(PIECE);
    const got = readSync(fd, piece, 0, PIECE, at);
    if (got === 0) return;
    at += got;
    yield piece.subarray(0, got);
  }
}

/** A broken archive is a gap; a bound is one too, and ends the archives around it. */
async function inside(
  archive: Archive,
  kind: ArchiveKind,
  data: () => Readable,
  provenance: Provenance,
  depth: number,
  budget: Budget,
): Promise<void> {
  archive.target.visit({ type: "archive" });
  try {
    if (kind === "zip") await zipEntries(archive, data, provenance, depth, budget);
    else if (kind === "tar") await tarEntries(archive, data(), provenance, depth, budget);
    else await gunzipped(archive, data(), provenance, depth, budget);
  } catch (error) {
    if (error instanceof Bound && depth > 1) throw error;
    gap(archive, provenance, why("a broken archive", error));
  }
}

function gap(archive: Archive, provenance: Provenance, why: string): void {
  archive.target.visit({ type: "gap", gap: { what: shownAs(provenance), why } });
}

async function gunzipped(
  archive: Archive,
  data: Readable,
  provenance: Provenance,
  depth: number,
  budget: Budget,
): Promise<void> {
  const gunzip = createGunzip();
  data.on("error", (error) => gunzip.destroy(error));
  data.on("data", (piece: Buffer) => {
    budget.read += piece.length;
  });
  try {
    await entry(archive, data.pipe(gunzip), within(provenance, innerName(provenance)), depth, budget);
  } finally {
    data.destroy();
  }
}

/** `logs.tar.gz` holds `logs.tar`, `app.log.gz` holds `app.log`. */
function innerName(provenance: Provenance): string {
  const last = shownAs(provenance).split(/[/!]/).at(-1) ?? "";
  return last.replace(/\.tgz$/i, ".tar").replace(/\.gz$/i, "") || "content";
}

async function tarEntries(
  archive: Archive,
  data: Readable,
  provenance: Provenance,
  depth: number,
  budget: Budget,
): Promise<void> {
  const { default: tar } = await import("tar-stream");
  const reader = tar.extract();
  data.on("error", (error) => reader.destroy(error));
  data.pipe(reader);
  try {
    for await (const item of reader) {
      count(archive.limits, budget);
      // Links and folders have no content; whatever else has some is read, whatever it is called.
      if (item.header.size) {
        await entry(archive, item as unknown as Readable, within(provenance, item.header.name), depth, budget);
      }
      item.resume();
    }
  } finally {
    data.destroy();
  }
}

/** Zip archives are read from their end, so a nested one is taken into memory first, bounded. */
async function zipEntries(
  archive: Archive,
  data: () => Readable,
  provenance: Provenance,
  depth: number,
  budget: Budget,
): Promise<void> {
  const { default: yauzl } = await import("yauzl");
  // Names are decoded here: the library refuses an archive for a name such as ../x, which nobody writes to here.
  const options = { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: true } as const;
  const zip =
    depth === 1
      ? await yauzl.fromFdPromise(archive.fd, options)
      : await yauzl.fromBufferPromise(await gather(data(), 128 << 20), options);
  for await (const item of zip.eachEntry()) {
    count(archive.limits, budget);
    const name = yauzl.getFileNameLowLevel(item.generalPurposeBitFlag, item.fileNameRaw, item.extraFields, false);
    if (name.endsWith("/") && item.uncompressedSize === 0) continue;
    const target = within(provenance, name);
    if (item.isEncrypted()) {
      gap(archive, target, "encrypted in its archive");
      continue;
    }
    budget.read += item.compressedSize;
    let content: Readable | undefined;
    try {
      content = await zip.openReadStreamPromise(item);
      await entry(archive, content, target, depth, budget);
    } catch (error) {
      if (error instanceof Bound) throw error;
      gap(archive, target, why("a broken archive entry", error));
    } finally {
      content?.destroy();
    }
  }
}

/** One file of an archive: scanned, or opened if it is an archive again. */
async function entry(
  archive: Archive,
  data: Readable,
  provenance: Provenance,
  depth: number,
  budget: Budget,
): Promise<void> {
  const read = reader(data, archive.limits, budget);
  const head = Buffer.alloc(512);
  let got = 0;
  while (got < head.length) {
    const n = await read(head.subarray(got));
    if (n === 0) break;
    got += n;
  }
  const start = head.subarray(0, got);
  const shown = shownAs(provenance);
  const kind = archiveKind(start, start.length, shown);
  if (kind === "unread") gap(archive, provenance, UNREAD);
  if (!kind || kind === "unread") {
    await blocks(archive.target, replay(start, read), shown as BlobId, provenance);
  } else if (depth >= archive.limits.archiveDepth) {
    gap(archive, provenance, `an archive ${depth} deep in archives is not opened`);
  } else {
    await inside(archive, kind, () => Readable.from(again(start, read)), provenance, depth + 1, budget);
  }
}

/** Reads a stream, and stops at a bound. */
function reader(data: Readable, limits: Limits, budget: Budget): Read {
  return pulled(data, (bytes) => {
    budget.bytes += bytes;
    check(limits, budget);
  });
}

function check(limits: Limits, budget: Budget): void {
  if (budget.bytes > limits.archiveBytes)
    throw new Bound(`more than ${limits.archiveBytes >> 20} MiB in the archive: the rest was not read`);
  if (budget.bytes > 16 << 20 && budget.read > 0 && budget.bytes > budget.read * limits.archiveRatio) {
    throw new Bound(`a compression of more than ${limits.archiveRatio} to 1 (a zip bomb?): the rest was not read`);
  }
}

function count(limits: Limits, budget: Budget): void {
  budget.entries++;
  if (budget.entries > limits.archiveEntries)
    throw new Bound(`more than ${limits.archiveEntries} entries: the rest was not read`);
}

function replay(start: Buffer, read: Read): Read {
  let rest = start;
  return (into) => {
    if (rest.length === 0) return read(into);
    const n = rest.copy(into);
    rest = rest.subarray(n);
    return n;
  };
}

async function* again(start: Buffer, read: Read): AsyncGenerator<Buffer> {
  const next = replay(start, read);
  for (;;) {
    const piece = Buffer.alloc(PIECE);
    const n = await next(piece);
    if (n === 0) return;
    yield piece.subarray(0, n);
  }
}

async function gather(data: Readable, limit: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of data as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > limit) throw new Bound(`a zip archive of more than ${limit >> 20} MiB inside another: not opened`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function within(provenance: Provenance, name: string): Provenance {
  if (provenance.kind !== "file") return provenance;
  return { ...provenance, inner: [...(provenance.inner ?? []), name] };
}

function why(broken: string, error: unknown): string {
  if (error instanceof Bound || error instanceof Flaw) return error.message;
  const text = error instanceof Error ? error.message : "unknown";
  return `${broken}: ${text.replace(/[^\x20-\x7e]/g, "?").slice(0, 120)}`;
}
