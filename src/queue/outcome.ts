import { gunzipSync, gzipSync } from "node:zlib";
import { type Gap, ScanError } from "../model/index.ts";
import { gap, repositoryReport } from "../report/input/report-shape.ts";
import { maybe, record, text } from "../report/input/shape.ts";
import { safeJson } from "../report/redact.ts";
import type { RepositoryReport } from "../report/repository-report.ts";

/** What came of a job: the redacted report, or why there is none and never will be. */
export type Outcome = Found | { readonly gap: Gap };

/** A report, and what the next look at the repository may leave out: object ids, as `leakreach history --state` keeps them. */
export interface Found {
  readonly report: RepositoryReport;
  readonly state?: Uint8Array;
}

/** An outcome as a queue keeps it. Reports are packed: a server holds those of a whole sweep. */
export interface PackedOutcome {
  /** gzip (RFC 1952) of a {@link RepositoryReport} as JSON, in base64. */
  readonly report?: string;
  /** In base64. */
  readonly state?: string;
  readonly gap?: Gap;
}

/** Bytes of a packed report, and of what it holds: what a store keeps of one repository at most is far less. */
const MOST_PACKED = 64 << 20;
const MOST_UNPACKED = 480 << 20;
/** Bytes of a state, 200,000 objects; a repository that has more is looked through from the start the next time. */
const MOST_STATE = 4 << 20;

/** Packs an outcome; a report too large for a queue becomes a gap. */
export function packed(outcome: Outcome): PackedOutcome {
  if ("gap" in outcome) return outcome;
  const json = safeJson(outcome.report);
  const report = json.length > MOST_UNPACKED ? undefined : gzipSync(json).toString("base64");
  const { state } = outcome;
  const kept = state !== undefined && state.length <= MOST_STATE && { state: Buffer.from(state).toString("base64") };
  if (report !== undefined && report.length <= MOST_PACKED) return { report, ...kept };
  const why = "its report is too large for a queue: leakreach history has it";
  return { gap: { what: outcome.report.repository.name, why } };
}

const shape = record({ report: maybe(base64), state: maybe(base64), gap: maybe(gap) });

/** Reads what a worker, or whoever writes to the queue, has returned. Throws {@link ScanError}. */
export function unpacked(value: unknown): Outcome {
  const read = shape(value, "the result");
  if (read.gap) return { gap: read.gap };
  return {
    report: repositoryReport(parsed(read.report ?? ""), "the report"),
    ...(read.state !== undefined && { state: Buffer.from(read.state, "base64") }),
  };
}

/** Of any length: what is packed is no text to be cut. */
function base64(value: unknown, at: string): string {
  if (typeof value !== "string" || value.length > MOST_PACKED) text(undefined, at);
  return value as string;
}

function parsed(report: string): unknown {
  try {
    return JSON.parse(gunzipSync(Buffer.from(report, "base64"), { maxOutputLength: MOST_UNPACKED }).toString());
  } catch {
    throw new ScanError("queue-failed", "what the worker returned is no report");
  }
}
