import {
  accessSync,
  closeSync,
  constants,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, extname, resolve } from "node:path";
import { ScanError } from "../model/index.ts";
import { FORMATS, type Format } from "../report/formats.ts";
import { batches } from "./print.ts";

/** A report file that was asked for. */
export interface Output {
  readonly format: Format;
  readonly file: string;
}

const ENDINGS: Readonly<Record<string, Format>> = {
  ".txt": "text",
  ".log": "text",
  ".json": "json",
  ".jsonl": "jsonl",
  ".ndjson": "jsonl",
  ".xml": "junit",
  ".sarif": "sarif",
  ".html": "html",
  ".htm": "html",
  ".csv": "csv",
  ".md": "markdown",
};

/** Reads `--output [FORMAT=]FILE` and checks, before anything is scanned, that each file can be written. `wanted` beats an ending. */
export function parseOutputs(given: readonly string[], wanted?: Format): Output[] {
  const outputs = given.map((text) => {
    const output = parseOutput(text, wanted);
    checkWritable(output.file);
    return output;
  });
  refuseTwice(outputs);
  return outputs;
}

/** A second report in a file would take the place of the first. */
function refuseTwice(outputs: readonly Output[]): void {
  const seen = new Set<string>();
  for (const { file } of outputs) {
    const place = exists(file) ? realPlace(file) : file;
    if (seen.has(place) && !isSink(place))
      throw new ScanError("usage", `--output names ${file} twice: give each report a file of its own`);
    seen.add(place);
  }
}

/** Where a file really is. A pipe behind `/dev/stdout` has no place but its name. */
const realPlace = (file: string): string => (statSync(file).isFile() ? realpathSync(file) : file);

/** Whether a file takes what is written without keeping it in one place: a device, a pipe. */
const isSink = (file: string): boolean => exists(file) && !statSync(file).isFile();

function parseOutput(text: string, wanted: Format | undefined): Output {
  const at = text.indexOf("=");
  const named = at > 0 ? FORMATS.find((format) => format === text.slice(0, at)) : undefined;
  const path = named ? text.slice(at + 1) : text;
  if (path === "-" || path === "")
    throw new ScanError("usage", `--output ${text}: it names no file; --format chooses what standard output is`);
  if (named) return { format: named, file: resolve(path) };
  const unknown = /^([a-z]{2,8})=/i.exec(text)?.[1];
  if (unknown !== undefined)
    throw new ScanError("usage", `--output ${text}: there is no format ${unknown}; there are ${FORMATS.join(", ")}`);
  if (wanted) return { format: wanted, file: resolve(text) };
  const format = ENDINGS[extname(text).toLowerCase()];
  if (text.toLowerCase().endsWith(".sarif.json")) return { format: "sarif", file: resolve(text) };
  if (!format)
    throw new ScanError(
      "usage",
      `--output ${text}: its ending names no format; write ${FORMATS.map((f) => `${f}=`).join(", ")} in front, such as --output sarif=${text}`,
    );
  return { format, file: resolve(text) };
}

/** Refuses a file that cannot be written, before anything is scanned. */
export function checkWritable(file: string): void {
  try {
    const there = exists(file) ? statSync(file) : undefined;
    if (there?.isDirectory()) throw new Error("it is a folder");
    if (there) accessSync(file, constants.W_OK);
    if (!there || there.isFile())
      accessSync(dirname(there ? realpathSync(file) : file), constants.W_OK | constants.X_OK);
  } catch (error) {
    const why =
      (error as NodeJS.ErrnoException).code === "ENOENT"
        ? "its folder does not exist"
        : ((error as NodeJS.ErrnoException).code ?? (error as Error).message);
    throw new ScanError("output-not-writable", `cannot write ${file}: ${why}. Nothing was scanned`);
  }
}

function exists(file: string): boolean {
  try {
    statSync(file);
    return true;
  } catch {
    return false;
  }
}

function writePieces(file: string, pieces: Iterable<string | Uint8Array>): void {
  const open = openSync(file, "w", 0o644);
  try {
    for (const batch of batches(pieces)) writeFileSync(open, batch);
  } finally {
    closeSync(open);
  }
}

/** Writes a file whole or not at all: beside it first, then renamed over it. A device or pipe is written to as it is. */
export function writeAtomically(file: string, pieces: Iterable<string | Uint8Array>): void {
  const target = exists(file) ? realPlace(file) : file;
  const beside = `${target}.${process.pid}.tmp`;
  try {
    if (exists(target) && !statSync(target).isFile()) {
      writePieces(target, pieces);
      return;
    }
    writePieces(beside, pieces);
    renameSync(beside, target);
  } catch (error) {
    rmSync(beside, { force: true });
    throw new ScanError(
      "output-not-writable",
      `cannot write ${file}: ${(error as NodeJS.ErrnoException).code ?? "unknown error"}`,
    );
  }
}
