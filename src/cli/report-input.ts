import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { readText } from "../config/read.ts";
import { compare, ScanError } from "../model/index.ts";
import { type Reports, readReport, readReports } from "../report/input/read-report.ts";
import { storeReports } from "./store-input.ts";

/** Bytes of one report, characters of all together, and repositories of a store: a page of more is of no use to anybody. */
const MOST_BYTES = 256 << 20;
const MOST_CHARACTERS = 2 ** 30;
const MOST_REPOSITORIES = 100_000;

/** Where `leakreach sweep` keeps its repositories in a store. */
const STORED = "repositories";

/** Reads JSON reports, stores of `leakreach sweep`, and `-` for a report on standard input; `now` is epoch seconds. */
export function readAll(operands: readonly string[], now: number): Reports {
  let left = MOST_CHARACTERS;
  const all = distinct(operands).map((operand): Reports => {
    const files = filesOf(operand);
    const read = files.map((file): Reports => {
      const text = file === "-" ? standardInput() : textOf(file);
      left -= text.length;
      if (left < 0)
        throw new ScanError(
          "report-invalid",
          "these reports hold more than 1 GiB together: give them in several parts",
        );
      const name = file === "-" ? "standard input" : nameOf(file);
      return files[0] === operand ? readReports(text, name) : { reports: [readReport(text, name)], gaps: [] };
    });
    const reports = joined(read);
    return files[0] === operand ? reports : storeReports(operand, reports, now);
  });
  const { reports, gaps } = joined(all);
  if (reports.length === 0) throw new ScanError("report-invalid", "there is no report in what was given");
  return { reports: reports.toSorted((a, b) => compare(a.repository.id, b.repository.id)), gaps };
}

const joined = (all: readonly Reports[]): Reports => ({
  reports: all.flatMap(({ reports }) => reports),
  gaps: all.flatMap(({ gaps }) => gaps),
});

function filesOf(operand: string): readonly string[] {
  if (operand === "-") return [operand];
  const stat = statSync(operand, { throwIfNoEntry: false });
  if (!stat)
    throw new ScanError(
      "path-missing",
      `there is no ${operand}: give JSON reports (--format json) or a store of leakreach sweep`,
    );
  if (!stat.isDirectory()) return [operand];
  const folder = join(operand, STORED);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new ScanError(
      "report-invalid",
      `${operand} is no store: it has no folder ${STORED}. Give the folder that leakreach sweep wrote, or JSON reports by name`,
    );
  const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
  if (names.length > MOST_REPOSITORIES)
    throw new ScanError(
      "report-invalid",
      `${operand} has ${names.length} repositories; at most ${MOST_REPOSITORIES} are read`,
    );
  return names.sort().map((name) => join(folder, name));
}

const distinct = (files: readonly string[]): readonly string[] => [
  ...new Map(files.map((file) => [file === "-" ? file : resolve(file), file])).values(),
];

function textOf(file: string): string {
  const text = readText(file, { name: file, code: "report-invalid", limit: MOST_BYTES });
  if (text === undefined) throw new ScanError("path-missing", `${file} is gone`);
  return text;
}

function standardInput(): string {
  const text = readFileSync(0, "utf8");
  if (text.length > MOST_BYTES) throw new ScanError("report-invalid", "standard input is larger than 256 MiB");
  return text;
}

/** A report of one scan says not of what: its file's name does. */
const nameOf = (file: string): string => file.replace(/^(?:\.{0,2}[\\/])+/, "").replace(/(?:\.report)?\.json$/i, "");
