import { globFault, pathTest } from "../config/glob.ts";
import { nearest } from "../config/nearest.ts";
import type { Ref } from "../git/ref.ts";
import type { Selection } from "../history/selection.ts";
import { ScanError } from "../model/index.ts";

/** What a caller wants to hear of a history. */
export interface Filters {
  /** Secrets that a commit of this time or later brought, or of this time or before: seconds since 1970. */
  readonly since?: number;
  readonly until?: number;
  /** Secrets that a commit brought to which one of these branches leads; tags and other refs are taken, too. */
  readonly branch?: readonly string[];
  /** Secrets that stood at a path that fits one of these globs. */
  readonly path?: readonly string[];
  /** Secrets that one of the newest commits brought. */
  readonly maxCommits?: number;
}

/** The flag of each filter, for messages. */
const FLAGS: Readonly<Record<keyof Filters, string>> = {
  since: "--since",
  until: "--until",
  branch: "--branch",
  path: "--path",
  maxCommits: "--max-commits",
};

/** The flags of the filters that are set. */
export const filterFlags = (filters: Filters): readonly string[] =>
  (Object.keys(FLAGS) as (keyof Filters)[]).filter((name) => filters[name] !== undefined).map((name) => FLAGS[name]);

/** Makes a selection of filters; undefined if there are none. A branch that is not there is refused. */
export async function selectionOf(filters: Filters, refs: readonly Ref[]): Promise<Selection | undefined> {
  if (filterFlags(filters).length === 0) return undefined;
  const { since, until, branch, path, maxCommits } = filters;
  for (const glob of path ?? []) {
    const fault = globFault(glob);
    if (fault) throw new ScanError("usage", `--path ${glob}: it ${fault}`);
  }
  return {
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
    ...(branch && { refs: branch.map((name) => refNamed(name, refs)) }),
    ...(maxCommits === undefined ? {} : { newest: maxCommits }),
    ...(path && { path: await pathTest(path) }),
  };
}

/** In this order a short name is tried. */
const PREFIXES = ["", "refs/heads/", "refs/remotes/", "refs/tags/", "refs/"];

function refNamed(name: string, refs: readonly Ref[]): string {
  const found = PREFIXES.map((prefix) => refs.find((ref) => ref.name === prefix + name)).find((ref) => ref);
  if (found?.id) return found.name;
  const why = found ? "it has no commit yet" : `there is none of that name${meant(name, refs)}`;
  throw new ScanError("usage", `--branch ${name}: ${why}`);
}

function meant(name: string, refs: readonly Ref[]): string {
  const shorts = refs.map((ref) => ref.name.replace(/^refs\/(?:heads|remotes|tags)\//, ""));
  const near = nearest(name, [...new Set(shorts)]);
  return near === undefined ? "" : `; did you mean ${near}?`;
}
