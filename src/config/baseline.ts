import { type Report, ScanError, toldName } from "../model/index.ts";
import { readText } from "./read.ts";

/** `$id` that baselines carry. */
export const BASELINE_SCHEMA = "https://leakreach.dev/schema/baseline.schema.json";

/** Fingerprints that were known when a baseline was written. */
export interface Baseline {
  readonly file: string;
  readonly fingerprints: ReadonlySet<string>;
}

const MAX_BYTES = 256 << 20;
const FINGERPRINT = /^lr\d+:[0-9a-f]{32}$/;
const AGAIN = "write a new one with `leakreach baseline`";

/** Reads a baseline, or the fingerprints of a JSON report. */
export function loadBaseline(path: string): Baseline {
  const text = readText(path, { name: path, code: "baseline-invalid", limit: MAX_BYTES });
  if (text === undefined) throw invalid(path, `there is no such file: ${AGAIN}`);
  const entries = entriesOf(path, parsed(path, text));
  const fingerprints = entries.map((entry, at) => {
    const fingerprint: unknown = isObject(entry) ? entry.fingerprint : undefined;
    if (typeof fingerprint !== "string" || !FINGERPRINT.test(fingerprint))
      throw invalid(path, `entry ${at + 1} has no fingerprint: ${AGAIN}`);
    return fingerprint;
  });
  return { file: path, fingerprints: new Set(fingerprints) };
}

/** Writes what a report found as a baseline: no secrets, and one line a finding, so that versions merge. */
export function toBaseline(report: Report, version: string): string {
  const open = report.findings.filter(({ suppression, reach }) => suppression === undefined && reach.level !== "none");
  const entries = open.map(({ fingerprint, rule, exposures }) => {
    const paths = [...new Set(exposures.map((match) => toldName(match, match.provenance.path)))].sort();
    return { fingerprint, rule, paths };
  });
  return baselineText(entries, version, report.now);
}

/** A finding as a baseline names it; only the fingerprint counts. */
export interface BaselineEntry {
  readonly fingerprint: string;
  readonly rule: string;
  readonly paths: readonly string[];
}

/** Writes a baseline; `created` is ISO 8601. */
export function baselineText(entries: readonly BaselineEntry[], version: string, created: string): string {
  const lines = entries
    .toSorted((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1))
    .map((entry) => `\n    ${JSON.stringify(entry)}`);
  const head = { schema: BASELINE_SCHEMA, tool: { name: "leakreach", version }, created };
  const list = lines.length > 0 ? `[${lines.join(",")}\n  ]` : "[]";
  return `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "fingerprints": ${list}\n}\n`;
}

function parsed(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    // The engine's message quotes the text, and so does the cause: neither is passed on.
    if (!(cause instanceof SyntaxError)) throw cause;
    const conflict = /^<{7} /m.test(text)
      ? "has a merge conflict: keep the lines of both sides"
      : `is not JSON: ${AGAIN}`;
    throw invalid(path, conflict);
  }
}

function entriesOf(path: string, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) throw invalid(path, `is a list, as gitleaks writes them, and cannot be read yet: ${AGAIN}`);
  if (!isObject(value)) throw invalid(path, `is no baseline: ${AGAIN}`);
  const entries = value.fingerprints ?? value.findings;
  if (Array.isArray(entries)) return entries;
  const whose =
    "plugins_used" in value
      ? "is a baseline of detect-secrets and cannot be read yet"
      : "has no list of `fingerprints`";
  throw invalid(path, `${whose}: ${AGAIN}`);
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

function invalid(path: string, why: string): ScanError {
  return new ScanError("baseline-invalid", `baseline ${path}: ${why}`);
}
