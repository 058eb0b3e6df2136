import type { ZlibOptions } from "node:zlib";
import type { Log } from "sarif";

// Source of all: docs.github.com, "SARIF results exceed one or more limits" and "SARIF support for code scanning".

/** Results GitHub accepts in a run. */
export const MOST_RESULTS = 25_000;
/** Results GitHub shows of a run: the most severe. */
export const SHOWN_RESULTS = 5_000;
/** Locations GitHub shows of a result. It accepts 1,000, but every place is a result of its own anyway. */
export const SHOWN_LOCATIONS = 100;
/** Rules GitHub accepts in a run. */
export const MOST_RULES = 25_000;
/** Tags GitHub shows of a rule; it accepts 20. */
export const SHOWN_TAGS = 10;
/** UTF-16 units of a rule's description. */
export const MOST_DESCRIPTION = 1_024;
/** UTF-16 units of a rule's name. */
export const MOST_NAME = 255;
/** Bytes of a file after gzip. */
export const MOST_GZIP = 10_000_000;

/** Runs GitHub accepts in a file. */
export const MOST_RUNS = 20;

/** Ours: n places of one secret link to each other n² times, so a run has a budget of links. */
export const MOST_RELATED = 50_000;
/** Ours: gaps and notices in a run. */
export const MOST_NOTIFICATIONS = 1_000;
/** Ours: UTF-16 units of a result's message before its links, and of one reason, action or path in it. */
export const MOST_MESSAGE = 2_000;
export const MOST_PART = 400;

/** What fraction of a log fits into GitHub's 10 MB of gzip: 1 or more if all of it. */
export function fitting(log: Log): number {
  const json = JSON.stringify(log);
  // UTF-8 takes three bytes a unit at most, and gzip adds no more than its frames.
  if (json.length * 3 < MOST_GZIP) return 1;
  return MOST_GZIP / gzip(json, { level: 1 }).length;
}

/** A text after gzip, and back. */
export const gzipped = (text: string): Uint8Array => gzip(text, { level: 6 });

export const gunzipped = (bytes: Uint8Array): string =>
  process.getBuiltinModule("node:zlib").gunzipSync(bytes).toString("utf8");

/**
 * How many places of each secret become results when not all may: one of every secret first, the worst secrets first,
 * so that a token in thousands of files hides no other; then the other places, again the worst first.
 */
export function shares(places: readonly number[], most: number): number[] {
  const first = places.map((_, at) => (at < most ? 1 : 0));
  let left = Math.max(0, most - places.length);
  return places.map((count, at) => {
    if (first[at] === 0) return 0;
    const further = Math.min(count - 1, left);
    left -= further;
    return 1 + further;
  });
}

/** Node's zlib is loaded when first needed: other formats need none of it. */
function gzip(text: string, options: ZlibOptions): Uint8Array {
  return process.getBuiltinModule("node:zlib").gzipSync(text, options);
}
