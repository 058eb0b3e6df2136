import type { Extract } from "tar-stream";
import type { Entry } from "yauzl";
import type { BlobId, Provenance } from "../model/index.ts";
import { type ArchiveKind, archiveKind, UNREAD } from "./archive-kind.ts";
import { blocks, type Read, type Target } from "./blocks.ts";
import { Abandoned, Overdue } from "./failure.ts";
import { IN_JOB, stepsInJobs } from "./job-files.ts";
import { type Pieces, piecesFrom, pulled, replay } from "./reads.ts";
import { shownAs } from "./shown.ts";
import type { Limits } from "./unit.ts";
import { unpacked } from "./unpack.ts";

interface Archive {
  readonly kind: ArchiveKind;
  /** Its bytes from their start; asked for once. */
  readonly data: () => Pieces;
  /** The file that holds it, if one does: a zip archive can then be read where it lies. */
  readonly fd?: number;
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

/** A bound that was reached: thrown inside, a gap outside. */
class Bound extends Error {}

/** Opens an archive and everything in it, within bounds; what a bound cuts is a gap. */
export async function openArchive(archive: Archive): Promise<void> {
  const budget: Budget = { bytes: 0, entries: 0, read: 0 };
  await inside(archive, archive.kind, archive.data, archive.provenance, 1, budget);
}

/** A broken archive is a gap; a bound is one too, and ends the archives around it. */
async function inside(
  archive: Archive,
  kind: ArchiveKind,
  data: () => Pieces,
  provenance: Provenance,
  depth: number,
  budget: Budget,
): Promise<void> {
  archive.target.visit({ type: "archive" });
  try {
    if (kind === "zip") await zipEntries(archive, data, provenance, depth, budget);
    else if (kind === "tar") await tarEntries(archive, data(), provenance, depth, budget);
    else await decompressed(archive, kind, data(), provenance, depth, budget);
  } catch (error) {
    if (ends(error) && depth > 1) throw error;
    gap(archive, provenance, why("a broken archive", error));
  }
}

function gap(archive: Archive, provenance: Provenance, why: string): void {
  archive.target.visit({ type: "gap", gap: { what: shownAs(provenance), why } });
}

/** Whether what went wrong ends the archives around it, too. */
const ends = (error: unknown): boolean => error instanceof Bound || error instanceof Overdue;

async function decompressed(
  archive: Archive,
  kind: "gzip" | "zstd",
  data: Pieces,
  provenance: Provenance,
  depth: number,
  budget: Budget,
): Promise<void> {
  const read = piecesFrom(
    pulled(data, (bytes) => {
      budget.read += bytes;
    }),
  );
  await entry(archive, unpacked(kind, read), within(provenance, innerName(provenance)), depth, budget, "tar");
}

/** `logs.tar.gz` holds `logs.tar`, `app.log.gz` holds `app.log`, and a stream without a name some content. */
function innerName(provenance: Provenance): string {
  const last = shownAs(provenance).split(/[/!]/).at(-1) ?? "";
  const name = last.replace(/\.t(?:gz|zst)$/i, ".tar").replace(/\.(?:gz|zst)$/i, "");
  return name === "" || name === last ? "content" : name;
}

async function tarEntries(
  archive: Archive,
  data: Pieces,
  provenance: Provenance,
  depth: number,
  budget: Budget,
): Promise<void> {
  const { default: tar } = await import("tar-stream");
  const reader = tar.extract();
  const fed = feed(data, reader);
  try {
    for await (const item of reader) {
      count(archive.limits, budget);
      // Links and folders have no content; whatever else has some is read, whatever it is called.
      if (item.header.size) {
        await entry(archive, item as unknown as Pieces, within(provenance, item.header.name), depth, budget);
      }
      item.resume();
    }
  } catch (error) {
    if (!ends(error)) await fed;
    throw error;
  }
  await fed;
}

/** Writes pieces into a reader. What breaks them off ends the reader, so that it gives what it has, and is thrown then. */
async function feed(data: Pieces, reader: Extract): Promise<void> {
  const closed = new Promise<void>((resolve) => reader.once("close", () => resolve()));
  try {
    for await (const piece of data) {
      if (reader.destroyed) return;
      if (!reader.write(piece))
        await Promise.race([closed, new Promise<void>((resolve) => reader.once("drain", () => resolve()))]);
    }
  } finally {
    reader.end(null);
  }
}

/** Zip archives are read from their end, so a nested one is taken into memory first, bounded. */
async function zipEntries(
  archive: Archive,
  data: () => Pieces,
  provenance: Provenance,
  depth: number,
  budget: Budget,
): Promise<void> {
  const { default: yauzl } = await import("yauzl");
  // Names are decoded here: the library refuses an archive for a name such as ../x, which nobody writes to here.
  const options = { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: true } as const;
  const zip =
    depth === 1 && archive.fd !== undefined
      ? await yauzl.fromFdPromise(archive.fd, options)
      : await yauzl.fromBufferPromise(await gather(data(), 128 << 20), options);
  const nameOf = (item: Entry) =>
    yauzl.getFileNameLowLevel(item.generalPurposeBitFlag, item.fileNameRaw, item.extraFields, false);
  const double = new Set<string>();
  const entries = archive.target.openLog
    ? listedFirst(zip.eachEntry(), archive.limits, (items) => {
        for (const name of stepsInJobs(items.map(nameOf))) double.add(name);
      })
    : zip.eachEntry();
  for await (const item of entries) {
    count(archive.limits, budget);
    const name = nameOf(item);
    if (double.has(name)) {
      archive.target.visit({ type: "skipped", reason: IN_JOB, inside: true });
      continue;
    }
    if (name.endsWith("/") && item.uncompressedSize === 0) continue;
    const target = within(provenance, name);
    if (item.isEncrypted()) {
      gap(archive, target, "encrypted in its archive");
      continue;
    }
    budget.read += item.compressedSize;
    let content: Awaited<ReturnType<typeof zip.openReadStreamPromise>> | undefined;
    try {
      content = await zip.openReadStreamPromise(item);
      await entry(archive, content, target, depth, budget);
    } catch (error) {
      if (ends(error)) throw error;
      gap(archive, target, why("a broken archive entry", error));
    } finally {
      content?.destroy();
    }
  }
}

/** Entries once all of them are known, or as many as may be read; what breaks their list off is thrown behind them. */
async function* listedFirst(
  entries: AsyncIterable<Entry>,
  limits: Limits,
  known: (items: readonly Entry[]) => void,
): AsyncGenerator<Entry> {
  const items: Entry[] = [];
  let broken: { readonly error: unknown } | undefined;
  try {
    for await (const item of entries) {
      items.push(item);
      if (items.length > limits.archiveEntries) break;
    }
  } catch (error) {
    broken = { error };
  }
  known(items);
  yield* items;
  if (broken) throw broken.error;
}

/** One file of an archive: scanned, or opened if it is an archive again. One of the kind `same` is no level of its own. */
async function entry(
  archive: Archive,
  data: Pieces,
  provenance: Provenance,
  depth: number,
  budget: Budget,
  same?: ArchiveKind,
): Promise<void> {
  const { start, read } = await beginning(reader(data, archive.limits, budget));
  const shown = shownAs(provenance);
  const kind = archiveKind(start, start.length);
  if (kind === "unread") gap(archive, provenance, UNREAD);
  if (!kind || kind === "unread") {
    await blocks(archive.target, { read: replay(start, read), blob: shown as BlobId, provenance });
    return;
  }
  const level = kind === same ? depth : depth + 1;
  if (level > archive.limits.archiveDepth)
    gap(archive, provenance, `an archive ${depth} deep in archives is not opened`);
  else await inside(archive, kind, () => piecesFrom(replay(start, read)), provenance, level, budget);
}

/** The first bytes of a text; what breaks it off in them is thrown when the rest is asked for. */
async function beginning(read: Read): Promise<{ start: Buffer; read: Read }> {
  const head = Buffer.alloc(512);
  let got = 0;
  try {
    for (let n = 1; got < head.length && n > 0; got += n) n = await read(head.subarray(got));
    return { start: head.subarray(0, got), read };
  } catch (error) {
    return { start: head.subarray(0, got), read: () => Promise.reject(error) };
  }
}

/** Reads a stream, and stops at a bound. */
function reader(data: Pieces, limits: Limits, budget: Budget): Read {
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

async function gather(data: Pieces, limit: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of data) {
    size += piece.length;
    if (size > limit)
      throw new Bound(
        `a zip archive of more than ${limit >> 20} MiB that is no file of its own: not opened; unpack it first`,
      );
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function within(provenance: Provenance, name: string): Provenance {
  return { ...provenance, inner: [...(provenance.inner ?? []), name] };
}

function why(broken: string, error: unknown): string {
  if (error instanceof Bound || error instanceof Abandoned) return error.message;
  const text = error instanceof Error ? error.message : "unknown";
  return `${broken}: ${text.replace(/[^\x20-\x7e]/g, "?").slice(0, 120)}`;
}
