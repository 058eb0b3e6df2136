import { type Gap, ScanError } from "../../model/index.ts";
import type { RepositoryReport } from "../repository-report.ts";
import { SWEEP_SCHEMA } from "../sweep-report.ts";
import { triaged } from "../triaged.ts";
import { report, repositoryReport, sweepReport } from "./report-shape.ts";

const AGAIN = "write it with leakreach scan, history or logs, --format json";

/** Reports of repositories, and what of a sweep is none of a repository's. */
export interface Reports {
  readonly reports: readonly RepositoryReport[];
  readonly gaps: readonly Gap[];
}

/**
 * Reads a JSON report, or one repository of a store. Reports are taken to be hostile: every field is checked, unknown ones are
 * left out, and so are secrets. A report that names no repository is called by `name`.
 */
export function readReport(json: string, name: string): RepositoryReport {
  const value = parsed(json, name);
  try {
    if (isObject(value) && isObject(value.repository)) return repositoryReport(value, "");
    const read = report(hinted(value), "");
    return { repository: { id: name, name }, finishedAt: read.stats.now, report: read };
  } catch (error) {
    if (!(error instanceof ScanError)) throw error;
    throw new ScanError("report-invalid", `report ${name}: ${error.message}: ${AGAIN}`);
  }
}

/** Reads any of these, or the report of a whole sweep, of which each repository is a report; with what could not be listed. */
export function readReports(json: string, name: string): Reports {
  const value = parsed(json, name);
  if (!isObject(value) || value.schema !== SWEEP_SCHEMA) return { reports: [readReport(json, name)], gaps: [] };
  try {
    const { repositories, triage, gaps } = sweepReport(value, "");
    const marks = new Map(triage.map((mark) => [mark.fingerprint, mark]));
    return { reports: repositories.map((each) => triaged(each, marks)), gaps };
  } catch (error) {
    if (!(error instanceof ScanError)) throw error;
    throw new ScanError("report-invalid", `report ${name}: ${error.message}: write it anew`);
  }
}

function parsed(json: string, name: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // The engine's message quotes the text, which may hold anything.
    const lines = /^\{"type":"/.test(json) ? "is one of JSON lines" : "is not JSON";
    throw new ScanError("report-invalid", `report ${name}: ${lines}: ${AGAIN}`);
  }
}

/** Says of what else it is, if that can be told, that it is no report. */
function hinted(value: unknown): unknown {
  if (!isObject(value)) return value;
  const other =
    "runs" in value
      ? "SARIF"
      : "fingerprints" in value
        ? "a baseline"
        : "vulnerabilities" in value
          ? "a GitLab report"
          : undefined;
  if (other) throw new ScanError("report-invalid", `it is ${other}, which does not hold all that a report needs`);
  return value;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
