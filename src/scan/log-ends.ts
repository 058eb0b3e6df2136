import { grouped, type LogFacts, type LogPlace, type Match } from "../model/index.ts";
import { untoldInLogs } from "./log-titles.ts";
import type { Located } from "./options.ts";

/** A time that is asked for, in epoch seconds, both ends included. */
export interface Window {
  readonly since?: number | undefined;
  readonly until?: number | undefined;
}

/** Gives matches of logs what is only known at the end of their log, and leaves out those that stand outside a time. */
export function endLogs(matches: readonly Match[], logs: readonly LogFacts[], window: Window): Located {
  const byPath = new Map(logs.map((facts) => [facts.path, facts]));
  const ended = untoldInLogs(matches).map((match) => withEnd(match, byPath.get(match.blob)));
  if (window.since === undefined && window.until === undefined) return { matches: ended, gaps: [] };
  const answers = ended.map((match) => within(match, byPath.get(match.blob), window));
  const kept = ended.filter((_, i) => answers[i] !== "outside");
  return { matches: kept, gaps: [], notices: told(ended, answers, logs, window) };
}

function withEnd(match: Match, facts: LogFacts | undefined): Match {
  const { provenance, assignedTo } = match;
  if (provenance.kind !== "log" || !facts) return match;
  const maskedAt = assignedTo === undefined ? undefined : own(facts.masked, assignedTo);
  const log: LogPlace = {
    ...provenance.log,
    ...(facts.ended !== undefined && { ended: facts.ended }),
    ...(maskedAt !== undefined && { maskedAt }),
  };
  return { ...match, provenance: { ...provenance, log } };
}

const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;

type Answer = "inside" | "outside" | "undecided";

/** A line without a time of its own was written between the time before it and the end of its log. */
function within({ provenance }: Match, facts: LogFacts | undefined, { since, until }: Window): Answer {
  if (provenance.kind !== "log") return "undecided";
  const { time, exact, ended } = provenance.log;
  const [from, to] = exact ? [time, time] : [time ?? facts?.started, ended];
  if (from === undefined || to === undefined) return "undecided";
  const [start, end] = [since ?? Number.NEGATIVE_INFINITY, until ?? Number.POSITIVE_INFINITY];
  if (to < start || from > end) return "outside";
  return from >= start && to <= end ? "inside" : "undecided";
}

function told(
  matches: readonly Match[],
  answers: readonly Answer[],
  logs: readonly LogFacts[],
  window: Window,
): string[] {
  const count = (answer: Answer) => new Set(matches.filter((_, i) => answers[i] === answer).map(keyOf)).size;
  const untimed = logs.filter(({ ended }) => ended === undefined).length;
  const asked = logs.filter((facts) => overlaps(facts, window)).length;
  const undecided = count("undecided");
  return [
    `of ${amount(logs.length, "log")}, ${grouped(asked)} ${asked === 1 ? "is" : "are"} of the time asked for, and ${grouped(untimed)} ${untimed === 1 ? "has" : "have"} no time`,
    `${amount(count("inside"), "secret")} printed in that time; ${grouped(count("outside"))} outside it, left out`,
    ...(undecided > 0
      ? [
          `undecided: ${amount(undecided, "secret")} on lines whose time is not known; listed, since the time asked for may be theirs`,
        ]
      : []),
  ];
}

function overlaps({ started, ended }: LogFacts, { since, until }: Window): boolean {
  if (started === undefined || ended === undefined) return false;
  return (since === undefined || ended >= since) && (until === undefined || started <= until);
}

const keyOf = ({ rule, secret }: Match): string => `${rule} ${secret.reveal()}`;

const amount = (count: number, noun: string): string => `${grouped(count)} ${noun}${count === 1 ? "" : "s"}`;
