import type { Gap } from "../model/index.ts";
import type { RepositoryReport } from "./repository-report.ts";

/** `$id` that the JSON report of a sweep carries. */
export const SWEEP_SCHEMA = "https://leakreach.dev/schema/sweep.schema.json";

export const TRIAGE_STATUSES = ["accepted", "false-positive", "revoked"] as const;

/** What somebody decided about a credential, wherever it stands. */
export interface TriageMark {
  readonly fingerprint: string;
  readonly status: (typeof TRIAGE_STATUSES)[number];
  /** The day from which it holds (of `revoked`: the day of the revocation), and the last day on which it does: `2026-09-30`. */
  readonly on?: string;
  readonly expires?: string;
  readonly reason: string;
  readonly by?: string;
  /** When it was recorded, ISO 8601. */
  readonly at: string;
}

/** A sweep as its reports see it. There may be more repositories than memory holds at once. */
export interface SweepReport {
  readonly version: string;
  /** When the sweep looked at the clock, ISO 8601. */
  readonly now: string;
  /** In the order of their ids; may be gone through more than once. */
  readonly repositories: () => Iterable<RepositoryReport>;
  /** What could not be listed. */
  readonly gaps: readonly Gap[];
  /** How many repositories were left out on purpose, by reason. */
  readonly leftOut: Readonly<Record<string, number>>;
  /** By fingerprint; those that hold today. */
  readonly triage: ReadonlyMap<string, TriageMark>;
}

/** A sweep in JSON; `triage` holds the marks of what was found. */
export interface JsonSweepReport extends Omit<SweepReport, "version" | "repositories" | "triage"> {
  readonly schema: string;
  readonly tool: { readonly name: string; readonly version: string };
  readonly complete: boolean;
  readonly triage: readonly TriageMark[];
  readonly repositories: readonly RepositoryReport[];
}
