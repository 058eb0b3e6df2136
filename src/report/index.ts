import type { Report } from "../model/index.ts";
import type { Format } from "./formats.ts";
import { jsonPieces } from "./json.ts";
import { toJsonLines } from "./jsonl.ts";
import type { ReportOptions } from "./options.ts";
import { safeJson } from "./redact.ts";
import { toSarif } from "./sarif.ts";
import { toText } from "./text.ts";

export { FORMATS, type Format } from "./formats.ts";
export * from "./json.ts";
export * from "./jsonl.ts";
export type { ReportOptions } from "./options.ts";
export { markdown, plain, redact } from "./redact.ts";
export { toSarif } from "./sarif.ts";
export { toText } from "./text.ts";
export { toDecodeText } from "./text-finding.ts";

/** Writes a report in a format; every format ends in a newline. */
export function render(format: Format, report: Report, options: ReportOptions): string {
  return [...pieces(format, report, options)].join("");
}

/** The same in pieces, to be written one by one. */
export function pieces(format: Format, report: Report, options: ReportOptions): Iterable<string> {
  switch (format) {
    case "text":
      return [toText(report, options)];
    case "json":
      return jsonPieces(report, options);
    case "jsonl":
      return toJsonLines(report, options);
    case "sarif":
      return [`${safeJson(toSarif(report, options))}\n`];
  }
}
