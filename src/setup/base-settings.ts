import { existsSync, realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { withLookup } from "../git/lookup.ts";
import type { ObjectId } from "../git/object-id.ts";
import type { Repository } from "../git/repository.ts";
import { type Gap, ScanError } from "../model/index.ts";
import { type BaseFiles, changedPaths, commitsOf, takeBaseFiles } from "./base-files.ts";

/** Files that a caller names, by what they are. */
export type NamedFiles = Partial<Record<(typeof NAMED)[number], string>>;

const NAMED = ["config", "baseline", "policy"] as const;

/** Where settings come from, and what is to be said of it. */
export interface Trusted extends NamedFiles {
  readonly settingsRoot?: string;
  /** Paths whose change by a request is to be said. */
  readonly paths: readonly string[];
  readonly notices: readonly string[];
  readonly gaps: readonly Gap[];
  /** Files of the base that are missing here: a partial clone left them with its remote. */
  readonly missing?: readonly ObjectId[];
}

/** Where the files of a base go, and how a caller speaks of them. */
export interface BaseRequest {
  /** The top of the work tree; a file below it is taken from the base, one elsewhere as it is. */
  readonly top: string;
  readonly named: NamedFiles;
  /** An empty folder. */
  readonly folder: string;
  /** How what is named is given: `--config`. */
  readonly spoken: (name: string) => string;
  /** What makes a commit readable that is not there. */
  readonly advice: string;
}

/** Takes everything that could allow something from a commit that a request is to be merged into. Runs no git. */
export function settingsOf(repository: Repository, base: string, request: BaseRequest): Trusted {
  const { top, named, folder, advice } = request;
  const short = base.slice(0, 12);
  const isThere = withLookup(repository, (lookup) => lookup.has(base as ObjectId));
  if (!isThere) {
    const why = `the checkout lacks that commit, so none were used: ${advice}`;
    return { settingsRoot: folder, paths: [], notices: [], gaps: [{ what: `the settings of the base ${short}`, why }] };
  }
  const inTree = NAMED.flatMap((name) => insideOf(top, named[name]) ?? []);
  const files = takeBaseFiles(repository, base, inTree, folder);
  const notices = [`settings, ignore files and baseline are those of the base ${short}`];
  const chosen = Object.fromEntries(NAMED.flatMap((name) => chosenFile(name, request, files, notices)));
  const gaps = files.unread.map(({ path }) => ({
    what: `${path} of the base ${short}`,
    why: `it cannot be read: ${advice}`,
  }));
  const missing = files.unread.map(({ id }) => id);
  return { settingsRoot: folder, ...chosen, paths: files.paths, notices, gaps, missing };
}

/** What a request does to the files that say what counts. */
export function changesOf(
  repository: Repository,
  request: { readonly base: string; readonly head: string },
  { paths }: Trusted,
): string[] {
  const changed = changedPaths(repository, commitsOf(repository, request), paths);
  return changed.map((path) => `this request changes ${path}: that counts once it is merged, and not in this check`);
}

/** A file in the work tree as git names it; nothing for one elsewhere, which nobody's request has put there. */
function insideOf(top: string, file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  const given = resolve(top, file);
  return below(top, given) ?? below(top, join(physical(dirname(given)), basename(given)));
}

function below(top: string, file: string): string | undefined {
  const path = relative(top, file);
  return path.startsWith("..") || isAbsolute(path) ? undefined : path.split(sep).join("/");
}

/** A folder without links on the way, since a file must not pass for one elsewhere by another name of its folder. */
const physical = (folder: string): string => (existsSync(folder) ? realpathSync(folder) : folder);

function chosenFile(
  name: (typeof NAMED)[number],
  { top, named, spoken }: BaseRequest,
  { present, folder }: BaseFiles,
  notices: string[],
): [string, string][] {
  const file = named[name];
  if (file === undefined) return [];
  const path = insideOf(top, file);
  if (path === undefined) return [[name, file]];
  if (present.has(path)) return [[name, join(folder, path)]];
  if (!existsSync(resolve(top, path)))
    throw new ScanError("usage", `${spoken(name)} is ${file}: neither the base nor the checkout has that file`);
  notices.push(`the base has no ${path} (${spoken(name)}): it counts once it is merged`);
  return [];
}
