import type { Level, Rule } from "../model/index.ts";

/** How a report is written. */
export interface ReportOptions {
  /** Prints the secrets themselves. Never for a report that leaves the machine. */
  readonly showSecrets: boolean;
  readonly color: boolean;
  /** The lowest level that a report lists. */
  readonly minLevel: Level;
  readonly version: string;
  /** By rule id: names, public prefixes and where to revoke. */
  readonly rules: ReadonlyMap<string, Rule>;
  /** Columns of text output, 80 when left out. */
  readonly width?: number;
  /** Lists every fact, reason and factor. */
  readonly explain?: boolean;
  /** Leaves suppressed findings out of SARIF: GitHub opens an alert for them (codeql-action issue 1230). */
  readonly leaveOutSuppressed?: boolean;
}
