import type { Report } from "../model/index.ts";
import type { Format } from "./formats.ts";
import type { ReportOptions } from "./options.ts";
import type { RepositoryReport } from "./repository-report.ts";
import { textPieces } from "./text.ts";

/** Writes a report piece by piece; all of a large one is more than one string can hold. */
export type Writer = (report: Report, options: ReportOptions) => Iterable<string>;

/** The writer of a format, loaded when it is asked for; that of text, which most runs ask for, is there. */
export async function writerOf(format: Format): Promise<Writer> {
  switch (format) {
    case "text":
      return textPieces;
    case "json":
      return (await import("./json.ts")).jsonPieces;
    case "jsonl":
      return (await import("./jsonl.ts")).toJsonLines;
    case "sarif":
      return (await import("./sarif.ts")).sarifPieces;
    case "gitlab":
      return (await import("./gitlab.ts")).gitLabPieces;
    case "junit":
      return (await import("./junit.ts")).junitPieces;
    case "html":
      return overViews((await import("./html/document.ts")).htmlPieces);
    case "csv":
      return overViews((await import("./csv.ts")).csvPieces);
    case "markdown":
      return overViews((await import("./markdown-table.ts")).markdownPieces);
  }
}

/** Writes one scan as a sweep of one repository. */
async function overViews(
  pieces: (reports: readonly RepositoryReport[], options: ReportOptions) => Iterable<string>,
): Promise<Writer> {
  const { asRepository } = await import("./as-repository.ts");
  return (report, options) => pieces([asRepository(report, options)], options);
}
