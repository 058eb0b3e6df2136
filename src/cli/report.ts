import { extname } from "node:path";
import { Command, Option } from "commander";
import { type Gap, LEVELS, type Level, ScanError } from "../model/index.ts";
import type { Format } from "../report/formats.ts";
import { MOST_FINDINGS } from "../report/html/document.ts";
import { amount } from "../report/html/words.ts";
import type { ReportOptions } from "../report/options.ts";
import { plain } from "../report/redact.ts";
import type { RepositoryReport } from "../report/repository-report.ts";
import { builtinRules } from "../rules/builtin.ts";
import { parsed } from "./command-flags.ts";
import { EXIT } from "./exit.ts";
import { type Output, parseOutputs, writeAtomically } from "./outputs.ts";
import { printAll, printError, terminal } from "./print.ts";
import { readAll } from "./report-input.ts";
import { collect, count } from "./scan-options.ts";
import { VERSION } from "./version.ts";

const FORMATS = ["html", "sarif", "json", "csv", "markdown"] as const;
type OwnFormat = (typeof FORMATS)[number];

interface Flags {
  readonly format?: OwnFormat;
  readonly output?: readonly string[];
  readonly minLevel: Level;
  readonly most: number;
}

type Options = ReportOptions & { readonly most: number; readonly gaps: readonly Gap[] };

/** `leakreach report [FILE|STORE...]`. */
export function build(): Command {
  return new Command("leakreach report")
    .description("Makes one report of many: what to revoke first, how far it reaches, where it stands, whose it is.")
    .argument("<file|store...>", "JSON reports of scan, history or logs; stores of sweep; or - for standard input")
    .addOption(new Option("--format <format>", "of standard output, or of --output (default: html)").choices(FORMATS))
    .option(
      "--output <[format=]file>",
      "write to a file instead; the format from the ending when left out (repeatable)",
      parsed(collect),
    )
    .addOption(new Option("--min-level <level>", "findings at or above").choices(LEVELS).default("low"))
    .option("--most <n>", "HTML: findings on the page, the worst first", parsed(count), MOST_FINDINGS)
    .addHelpText(
      "after",
      `
html is one file that asks for nothing and holds no secret; it can be filtered, printed, and read without JavaScript.
Of a store it is what its last sweep was of; what leakreach triage has decided there is not open.
json holds each secret once with all its places, identities whose tokens leak, and tokens that several trust boundaries accept.
sarif has a run for each repository, in several files (NAME-1.sarif, NAME-2.sarif) where GitHub's limits ask for it.
A report of one scan is called by its file's name. Findings of rules of your own are called by the rule's id.

Examples:
  leakreach history ../shop.git --format json --output shop.json
  leakreach report shop.json billing.json --output leaks.html
  leakreach logs logs.zip --format json | leakreach report - --format markdown`,
    )
    .action(async (operands: readonly string[], flags: Flags) => {
      const outputs = parseOutputs(flags.output ?? [], flags.format);
      for (const { format } of outputs) ownFormat(format);
      const format = flags.format ?? "html";
      if (outputs.length === 0 && format === "html" && terminal())
        throw new ScanError("usage", "a page is for a browser: write it to a file with --output leaks.html");
      const { reports, gaps } = readAll(operands, Date.now() / 1000);
      const options = { ...optionsOf(flags), gaps };
      for (const output of outputs) await write(reports, output, options);
      if (outputs.length === 0) printAll(await pieces(reports, format, options));
      process.exitCode = EXIT.clean;
    });
}

function optionsOf({ minLevel, most }: Flags): Omit<Options, "gaps"> {
  return { showSecrets: false, color: false, minLevel, version: VERSION, rules: builtinRules(), most };
}

function ownFormat(format: Format): OwnFormat {
  const own = FORMATS.find((each) => each === format);
  if (!own) throw new ScanError("usage", `report does not write ${format}; it writes ${FORMATS.join(", ")}`);
  return own;
}

/** The text of a format; of SARIF, which may take several files, there must be one. */
async function pieces(
  reports: readonly RepositoryReport[],
  format: OwnFormat,
  options: Options,
): Promise<Iterable<string>> {
  switch (format) {
    case "html":
      return (await import("../report/html/document.ts")).htmlPieces(reports, options);
    case "csv":
      return (await import("../report/csv.ts")).csvPieces(reports, options);
    case "markdown":
      return (await import("../report/markdown-table.ts")).markdownPieces(reports, options);
    case "json":
      return (await import("../report/views-json.ts")).viewsPieces(reports, options);
    case "sarif":
      return onlyFile(await sarif(reports, options));
  }
}

async function sarif(reports: readonly RepositoryReport[], options: Options): Promise<Iterable<Iterable<string>>> {
  return (await import("../report/sarif-sweep.ts")).sarifFiles(reports, options);
}

/** What there is one file of. Of more none but the first is held, only to say how many they are. */
function onlyFile(files: Iterable<Iterable<string>>): Iterable<string> {
  let first: Iterable<string> = [];
  let count = 0;
  for (const file of files) if (++count === 1) first = file;
  if (count > 1)
    throw new ScanError(
      "usage",
      `GitHub's limits ask for ${count} files of SARIF: write them with --output leaks.sarif`,
    );
  return first;
}

async function write(reports: readonly RepositoryReport[], { format, file }: Output, options: Options): Promise<void> {
  if (format !== "sarif") return writeOne(file, await pieces(reports, ownFormat(format), options));
  let count = 0;
  let last: Iterable<string> | undefined;
  // Each is written when the next one is there: whether it has a number depends on that.
  for (const each of await sarif(reports, options)) {
    if (last) writeOne(numbered(file, ++count), last);
    last = each;
  }
  if (last) writeOne(count === 0 ? file : numbered(file, ++count), last);
  if (count > 0)
    printError(
      `leakreach: ${amount(reports.length, "run")} in ${count} files: GitHub takes 20 runs and 10 MB of gzip in one\n`,
    );
}

function writeOne(file: string, text: Iterable<string>): void {
  writeAtomically(file, text);
  printError(`leakreach: wrote ${plain(file)}\n`);
}

/** `leaks.sarif` is `leaks-2.sarif`, and `leaks.sarif.json` is `leaks-2.sarif.json`. */
function numbered(file: string, at: number): string {
  const ending = /\.sarif\.json$/i.exec(file)?.[0] ?? extname(file);
  return `${file.slice(0, file.length - ending.length)}-${at}${ending}`;
}
