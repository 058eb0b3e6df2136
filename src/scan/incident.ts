import { grouped, type LogFacts, type Match } from "../model/index.ts";
import type { Window } from "./log-ends.ts";

/** What of a sweep stands in no log that was read. */
export interface Unseen {
  /** Logs that had expired or could not be read. */
  readonly missing: number;
  /** Logs that an earlier run had read. */
  readonly known: number;
}

/** When tj-actions/changed-files and reviewdog/action-setup printed secrets, in whole days (CVE-2025-30066, CVE-2025-30154). */
const MARCH_2025 = { since: Date.UTC(2025, 2, 11) / 1000, until: Date.UTC(2025, 2, 16) / 1000 - 1 };
const CASE = "what tj-actions/changed-files printed in March 2025 (CVE-2025-30066)";

/** Answers "was I hit?" in words: whenever it was so, and when somebody asks for that time. */
export function incidentNotices(
  matches: readonly Match[],
  logs: readonly LogFacts[],
  { since, until }: Window,
  { missing, known }: Unseen,
): string[] {
  const hit = new Set(matches.filter(isDump).map(({ blob }) => blob)).size;
  const gone = missing > 0 ? `; ${amount(missing)} had expired or could not be read, and nothing is known of them` : "";
  if (hit > 0)
    return [
      `you were hit: ${amount(hit)} of ${grouped(logs.length)} looked at ${hit === 1 ? "holds" : "hold"} ${CASE}, or something made like it. Every secret that those jobs could read is to be rotated${gone}`,
    ];
  if (since === undefined || until === undefined || since > MARCH_2025.until || until < MARCH_2025.since) return [];
  const before = known > 0 ? `, and an earlier run had read ${grouped(known)} more` : "";
  return logs.length === 0
    ? [`nothing can be said of ${CASE}: no log was looked at${before}${gone}`]
    : [`no sign that you were hit: none of ${amount(logs.length)} looked at holds ${CASE}${before}${gone}`];
}

const isDump = ({ rule, parts }: Match): boolean =>
  rule === "github-runner-memory" || Object.hasOwn(parts, "memory dump");

const amount = (count: number): string => `${grouped(count)} ${count === 1 ? "log" : "logs"}`;
