import { existsSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { type Gap, ScanError } from "../model/index.ts";
import { type BaseFiles, takeBaseFiles } from "./base-files.ts";
import { bringCommit, has, repositoryAt } from "./bring.ts";
import type { CommitId } from "./event.ts";
import type { Inputs } from "./inputs.ts";
import type { Remote } from "./remote.ts";

/** Where settings come from, and what is to be said of it. */
export interface Trusted {
  readonly settingsRoot?: string;
  readonly config?: string;
  readonly baseline?: string;
  readonly policy?: string;
  /** Paths whose change by a request is to be said. */
  readonly paths: readonly string[];
  readonly notices: readonly string[];
  readonly gaps: readonly Gap[];
}

const NAMED = ["config", "baseline", "policy"] as const;

/** Of pushes and the like: what is checked out counts, since whoever could change it may push. */
export function ownSettings(inputs: Inputs): Trusted {
  const { config, baseline, policy } = inputs;
  return {
    ...(config && { config }),
    ...(baseline && { baseline }),
    ...(policy && { policy }),
    paths: [],
    notices: [],
    gaps: [],
  };
}

/** Of a request: everything that could allow something is read from the commit it is to be merged into. */
export async function settingsOfBase(
  workspace: string,
  inputs: Inputs,
  base: CommitId,
  folder: string,
  remote: Remote | undefined,
): Promise<Trusted> {
  const why = await bringCommit(workspace, base, remote);
  const repository = repositoryAt(workspace);
  if (!has(repository, base))
    return { settingsRoot: folder, paths: [], notices: [], gaps: [unreadSettings(base, why)] };
  const inTree = NAMED.flatMap((name) => insideOf(workspace, inputs[name]) ?? []);
  const files = takeBaseFiles(repository, base, inTree, folder);
  const notices = [`settings, ignore files and baseline are those of the base ${base.slice(0, 12)}`];
  const chosen = Object.fromEntries(NAMED.flatMap((name) => chosenFile(workspace, name, inputs[name], files, notices)));
  const gaps = files.unread.map((path) => ({
    what: `${path} of the base ${base.slice(0, 12)}`,
    why: "it cannot be read: add `fetch-depth: 0` and no `filter` to actions/checkout",
  }));
  return { settingsRoot: folder, ...chosen, paths: files.paths, notices, gaps };
}

/** A file in the work tree as git names it; nothing for one elsewhere, which the workflow itself has put there. */
function insideOf(workspace: string, file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  const path = relative(workspace, resolve(workspace, file)).split(sep).join("/");
  return path.startsWith("..") || path === resolve(path) ? undefined : path;
}

function chosenFile(
  workspace: string,
  name: string,
  file: string | undefined,
  { present, folder }: BaseFiles,
  notices: string[],
): [string, string][] {
  if (file === undefined) return [];
  const path = insideOf(workspace, file);
  if (path === undefined) return [[name, file]];
  if (present.has(path)) return [[name, join(folder, path)]];
  if (!existsSync(resolve(workspace, path)))
    throw new ScanError("usage", `the input ${name} is ${file}: neither the base nor the checkout has that file`);
  notices.push(`the base has no ${path} (input ${name}): it counts once it is merged`);
  return [];
}

function unreadSettings(base: CommitId, why: string | undefined): Gap {
  return {
    what: `the settings of the base ${base.slice(0, 12)}`,
    why: `the checkout lacks that commit, and it could not be fetched (${why ?? "it was not sent"}), so none were used: add \`fetch-depth: 0\` to actions/checkout`,
  };
}
