import { grouped, type LogLeft, type LogPlace, type Match } from "../model/index.ts";
import type { Asking } from "./fetched.ts";
import { Unread } from "./unread.ts";

/** What was found in fetched logs, with what their providers say of these logs. */
export interface Told {
  readonly matches: readonly Match[];
  readonly notices: readonly string[];
}

type More = Pick<LogPlace, "left" | "isPublic">;

/** Logs of which it is asked what their runs left. */
const MOST = 200;
/** Milliseconds after which a report waits for no more of it. */
const LONGEST = 60_000;
/** Logs for which a provider may fail to answer before it is left in peace. */
const PATIENCE = 3;

/** Asks providers for more about the logs in which something was found; whatever comes of it, no match is lost. */
export async function askMore(
  matches: readonly Match[],
  asking: (path: string) => Asking,
  signal: AbortSignal,
): Promise<Told> {
  const logs = new Set(matches.flatMap((match) => (match.demoted ? [] : [asking(pathOf(match))])));
  try {
    const { known, notices } = await leftBy(logs);
    const more = new Map<Asking, More>();
    for (const log of logs) {
      const left = known.get(log);
      more.set(log, { ...(await log.open?.()), ...(left && { left }) });
    }
    return { matches: matches.map((match) => withMore(match, more.get(asking(pathOf(match))))), notices };
  } catch (error) {
    if (signal.aborted) return { matches, notices: [] };
    throw error;
  }
}

/** What the runs left, as far as their providers answer. */
async function leftBy(logs: Iterable<Asking>) {
  const known = new Map<Asking, LogLeft>();
  const failures: string[] = [];
  let unasked = 0;
  const late = after(LONGEST);
  late.catch(() => {});
  for (const log of logs) {
    if (!log.left) continue;
    if (known.size === MOST || failures.length === PATIENCE) unasked++;
    else known.set(log, await Promise.race([log.left(), late]).catch((error: unknown) => nothing(error, failures)));
  }
  const why = failures.length === PATIENCE ? `: ${failures.at(-1)}` : "";
  const told = `what the runs of ${grouped(unasked)} more logs left was not asked for, after ${grouped(known.size)}${why}`;
  return { known, notices: unasked > 0 ? [told] : [] };
}

/** Fails after some time. */
async function after(time: number): Promise<never> {
  await new Promise((wake) => setTimeout(wake, time).unref());
  throw new Unread("broken", "the provider took too long to answer");
}

function nothing(error: unknown, failures: string[]): LogLeft {
  if (!(error instanceof Unread)) throw error;
  failures.push(error.message);
  return { unknown: [`its artifacts are not known: ${error.message}`] };
}

const pathOf = ({ provenance, blob }: Match): string => (provenance.kind === "log" ? provenance.path : blob);

function withMore(match: Match, more: More | undefined): Match {
  const { provenance } = match;
  if (!more || provenance.kind !== "log") return match;
  return { ...match, provenance: { ...provenance, log: { ...provenance.log, ...more } } };
}
