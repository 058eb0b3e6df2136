import { grouped } from "./grouped.ts";
import { size } from "./size.ts";

/** What a run left at its provider beside its log, and how long both are kept, as far as the provider says. Days are ISO 8601. */
export interface LogLeft {
  readonly artifacts?: LeftArtifacts;
  /** For how many days a log is kept, and when this one goes. */
  readonly days?: number;
  readonly until?: string;
  /** It is marked to be kept: nothing of it goes by itself. */
  readonly kept?: true;
  /** What of this the provider did not say, and why. */
  readonly unknown?: readonly string[];
  /** The call that deletes the artifacts, where they do not go with the log. */
  readonly deletion?: string;
}

/** The artifacts of a run that can still be had. */
export interface LeftArtifacts {
  readonly count: number;
  /** There are more of them than these. */
  readonly more?: true;
  /** Names of the first ones. */
  readonly names: readonly string[];
  readonly bytes?: number;
  /** The first day on which one of them expires. */
  readonly expires?: string;
}

const MOST_NAMES = 3;
const LONGEST_NAME = 40;

/** The same in words, without what is not known. */
export function leftText({ artifacts, days, until, kept }: LogLeft): string {
  return [
    artifacts && artifactsText(artifacts),
    logText(days, until),
    kept && "marked to be kept: nothing of it goes before that mark does",
  ]
    .filter(Boolean)
    .join("; ");
}

/** How many artifacts there are: `more than 100 artifacts`. */
export function artifactCount({ count, more }: LeftArtifacts): string {
  return `${more ? "more than " : ""}${grouped(count)} artifact${count === 1 ? "" : "s"}`;
}

function artifactsText(artifacts: LeftArtifacts): string {
  const { count, more, names, bytes, expires } = artifacts;
  if (count === 0 && !more) return "no artifacts beside it";
  const shown = names.slice(0, MOST_NAMES).map((name) => shortened(name));
  const list = [...shown, ...(count > shown.length && shown.length > 0 ? ["…"] : [])].join(", ");
  const about = [list, bytes === undefined ? "" : size(bytes)].filter((part) => part !== "").join("; ");
  const end = expires === undefined ? "" : `, ${count === 1 ? "" : "the first "}to expire on ${expires}`;
  return `${artifactCount(artifacts)} beside it${about && ` (${about})`}${end}`;
}

const shortened = (name: string): string => (name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name);

function logText(days: number | undefined, until: string | undefined): string {
  const span = days === undefined ? "" : `${grouped(days)} day${days === 1 ? "" : "s"}`;
  if (until === undefined) return span && `the log is kept for ${span}`;
  return `the log is kept until about ${until}${span && ` (${span})`}`;
}
