import type { Report } from "../model/index.ts";
import type { Format } from "./formats.ts";
import { gitLabPieces } from "./gitlab.ts";
import { jsonPieces } from "./json.ts";
import { toJsonLines } from "./jsonl.ts";
import { junitPieces } from "./junit.ts";
import type { ReportOptions } from "./options.ts";
import { sarifPieces } from "./sarif.ts";
import { textPieces } from "./text.ts";
import type { Writer } from "./writer.ts";

export { FORMATS, type Format } from "./formats.ts";
export * from "./json.ts";
export * from "./jsonl.ts";
export { exposuresOf, listed } from "./listing.ts";
export type { ReportOptions } from "./options.ts";
export { cut, markdown, plain, redact } from "./redact.ts";
export { toSarif } from "./sarif.ts";
export { toText } from "./text.ts";
export { toDecodeText } from "./text-finding.ts";

const WRITERS: Readonly<Record<Exclude<Format, "html" | "csv" | "markdown">, Writer>> = {
  text: textPieces,
  json: jsonPieces,
  jsonl: toJsonLines,
  sarif: sarifPieces,
  gitlab: gitLabPieces,
  junit: junitPieces,
};

/** Writes a report in a format; every format ends in a newline. */
export function render(format: keyof typeof WRITERS, report: Report, options: ReportOptions): string {
  return [...WRITERS[format](report, options)].join("");
}
