import { gunzipSync, gzipSync } from "node:zlib";
import { type Gap, ScanError } from "../model/index.ts";
import { gap, repositoryReport } from "../report/input/report-shape.ts";
import { maybe, record, text } from "../report/input/shape.ts";
import { safeJson } from "../report/redact.ts";
import type { RepositoryReport } from "../report/repository-report.ts";

/** What came of a job: the redacted report, or why there is none and never will be. */
export type Outcome = { readonly report: RepositoryReport } | { readonly gap: Gap };

/** An outcome as a queue keeps it. Reports are packed: a server holds those of a whole sweep. */
export interface PackedOutcome {
  /** gzip (RFC 1952) of a {@link RepositoryReport} as JSON, in base64. */
  readonly report?: string;
  readonly gap?: Gap;
}

/** Bytes of a packed report, and of what it holds: what a store keeps of one repository at most is far less. */
const MOST_PACKED = 64 << 20;
const MOST_UNPACKED = 480 << 20;

/** Packs an outcome; a report too large for a queue becomes a gap. */
export function packed(outcome: Outcome): PackedOutcome {
  if ("gap" in outcome) return outcome;
  const json = safeJson(outcome.report);
  const report = json.length > MOST_UNPACKED ? undefined : gzipSync(json).toString("base64");
  if (report !== undefined && report.length <= MOST_PACKED) return { report };
  const why = "its report is too large for a queue: leakreach history has it";
  return { gap: { what: outcome.report.repository.name, why } };
}

const shape = record({ report: maybe(text0), gap: maybe(gap) });

/** Reads what a worker, or whoever writes to the queue, has returned. Throws {@link ScanError}. */
export function unpacked(value: unknown): Outcome {
  const read = shape(value, "the result");
  if (read.gap) return { gap: read.gap };
  return { report: repositoryReport(parsed(read.report ?? ""), "the report") };
}

/** Of any length: what is packed is no text to be cut. */
function text0(value: unknown, at: string): string {
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
