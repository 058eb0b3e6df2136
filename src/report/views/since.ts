import type { JsonFinding } from "../json.ts";

/** Since when a secret is known to have stood where it was found, and until when. Times are ISO 8601. */
export interface Span {
  /** The earliest commit, log line or date that any place of it has. */
  readonly first?: string;
  /** The last time it is known to have stood somewhere: the scan's own, if it still does. */
  readonly last?: string;
  /** Whether it still stands in the files of any repository; undefined if only logs have it. */
  readonly atHead?: boolean;
}

/** One repository's finding, and when it was looked at. */
interface Seen {
  readonly finding: JsonFinding;
  readonly finishedAt: string;
}

/** The span of a secret over all repositories that have it. */
export function spanOf(seen: readonly Seen[]): Span {
  const heads = seen.flatMap(({ finding }) => standsIn(finding) ?? []);
  const times = seen.flatMap(({ finding, finishedAt }) => [
    ...timesOf(finding),
    ...(standsIn(finding) ? [finishedAt] : []),
  ]);
  const firsts = seen.flatMap(({ finding }) => timesOf(finding)).map(epoch);
  return {
    ...(firsts.length > 0 && { first: iso(least(firsts)) }),
    ...(times.length > 0 && { last: iso(-least(times.map((time) => -epoch(time)))) }),
    ...(heads.length > 0 && { atHead: heads.includes(true) }),
  };
}

/** Whether files still have it: a history says so, and a scan of files has seen it there. Logs say nothing of that. */
function standsIn({ history, exposures }: JsonFinding): boolean | undefined {
  if (history) return history.atHead;
  return exposures.some(({ log }) => !log) ? true : undefined;
}

function timesOf({ history, exposures }: JsonFinding): readonly string[] {
  const commits = [...(history?.introduced.commits ?? []), ...(history?.removed.commits ?? [])];
  const places = exposures.flatMap(({ date, log }) => [date, log?.time, log?.ended]);
  return [...commits.map(({ date }) => date), ...places].filter(
    (time) => time !== undefined && epoch(time) >= 0,
  ) as string[];
}

const epoch = (time: string): number => Date.parse(time);

// A list may be longer than the arguments that Math.min takes.
const least = (times: readonly number[]): number => times.reduce((a, b) => Math.min(a, b));

const iso = (time: number): string => new Date(time).toISOString().replace(".000Z", "Z");
