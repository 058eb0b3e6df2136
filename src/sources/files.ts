import { lstatSync, readdirSync, realpathSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { gitRecords } from "../git/run.ts";
import { topLevel } from "../git/work-tree.ts";
import { ScanError } from "../model/index.ts";
import type { Source, SourceEvent, Unit } from "./unit.ts";

/** Which files of a tree are wanted. */
export interface FileChoice {
  /** Scan what git ignores too. */
  readonly allFiles: boolean;
  /** Says whether a path (relative to the report's root, `/` between folders) is wanted. */
  readonly wanted: (path: string) => boolean;
}

/** Files a unit: few enough to share out, many enough to be worth a message. */
const BATCH = 96;
const NESTED = "a repository inside this one (a submodule or a clone): scan it on its own";

/** The folder that paths in reports are relative to: the repository's top level, or the scanned folder outside one. */
export function rootOf(path: string): string {
  const real = realpathSync(path);
  const folder = statSync(real).isDirectory() ? real : dirname(real);
  return topLevel(folder) ?? folder;
}

/** The files below a path, as units: in a git work tree what git tracks or does not ignore, elsewhere everything. */
export function filesSource(path: string, choice: FileChoice): Source {
  return { name: path, units: (signal) => filesOf(path, choice, signal) };
}

async function* filesOf(path: string, choice: FileChoice, signal: AbortSignal): AsyncGenerator<SourceEvent> {
  const real = realpathSync(path);
  const stat = statSync(real);
  const root = rootOf(path);
  if (stat.isFIFO() || stat.isCharacterDevice()) {
    yield { type: "unit", unit: { kind: "stream", path, source: "pipe" } };
  } else if (!stat.isDirectory()) {
    yield {
      type: "unit",
      unit: { kind: "files", root, paths: [posix(relative(root, real))], shown: "", listed: "walk" },
    };
  } else {
    const top = choice.allFiles ? undefined : topLevel(real);
    yield* batched(top ? listedByGit(top, real, signal) : walked(root, real, signal), root, choice);
  }
}

type Listed = { readonly path: string; readonly listed: "git" | "walk" } | SourceEvent;

/** Makes units of paths; leaves out what is not wanted, and counts it. */
async function* batched(paths: AsyncIterable<Listed>, root: string, choice: FileChoice): AsyncGenerator<SourceEvent> {
  const batches = { git: [] as string[], walk: [] as string[] };
  let excluded = 0;
  const unit = (listed: "git" | "walk"): SourceEvent => ({
    type: "unit",
    unit: { kind: "files", root, paths: batches[listed].splice(0), shown: "", listed },
  });
  for await (const item of paths) {
    if ("type" in item) yield item;
    else if (!choice.wanted(item.path)) excluded++;
    else if (batches[item.listed].push(item.path) >= BATCH) yield unit(item.listed);
  }
  if (batches.git.length) yield unit("git");
  if (batches.walk.length) yield unit("walk");
  if (excluded) yield { type: "skipped", reason: "excluded", count: excluded };
}

/** Tracked files and untracked ones that git does not ignore (git-ls-files(1)). Falls back to our own walk, and says so. */
async function* listedByGit(top: string, folder: string, signal: AbortSignal): AsyncGenerator<Listed> {
  const below = posix(relative(top, folder));
  const args = [
    "ls-files",
    "-z",
    "--cached",
    "--others",
    "--exclude-standard",
    "--full-name",
    "--",
    below === "" ? "." : `:(top,literal)${below}`,
  ];
  const seen = new Set<string>();
  try {
    for await (const path of gitRecords(top, args, signal)) {
      // A path in conflict is listed once a side.
      if (seen.has(path)) continue;
      seen.add(path);
      if (path.endsWith("/")) yield { type: "gap", gap: { what: path, why: NESTED } };
      else yield { path, listed: "git" };
    }
  } catch (error) {
    if (signal.aborted || seen.size > 0) throw error;
    yield {
      type: "notice",
      text: `${error instanceof Error ? error.message : "git failed"}; every file is scanned, ignored ones too`,
    };
    yield* walked(top, folder, signal);
  }
}

/** Every regular file below a folder; links are not followed, `.git` folders are not entered, nested repositories are gaps. */
async function* walked(root: string, folder: string, signal: AbortSignal): AsyncGenerator<Listed> {
  const open: string[] = [folder];
  let links = 0;
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    signal.throwIfAborted();
    try {
      for (const entry of readdirSync(at, { withFileTypes: true })) {
        const path = join(at, entry.name);
        if (entry.isDirectory()) {
          if (entry.name === ".git") continue;
          open.push(path);
        } else if (entry.isFile()) yield { path: posix(relative(root, path)), listed: "walk" };
        else if (entry.isSymbolicLink()) links++;
        else yield { type: "skipped", reason: "not a regular file", count: 1 };
      }
    } catch (error) {
      yield {
        type: "gap",
        gap: {
          what: posix(relative(root, at)) || ".",
          why: `the folder could not be read: ${(error as NodeJS.ErrnoException).code ?? "unknown error"}`,
        },
      };
    }
  }
  if (links) yield { type: "skipped", reason: "symbolic link", count: links };
}

/** Expands what a user named: existing paths as they are, others as globs. Throws when nothing is there. */
export async function expandPaths(names: readonly string[], cwd: string): Promise<string[]> {
  const found: string[] = [];
  for (const name of names) {
    if (exists(resolve(cwd, name))) {
      found.push(resolve(cwd, name));
      continue;
    }
    const matches = /[*?[\]{}!]/.test(name) ? await globbed(name, cwd) : [];
    if (matches.length === 0)
      throw new ScanError("path-missing", `there is no ${name}: give a folder, a file, a glob or - for standard input`);
    found.push(...matches);
  }
  return found;
}

async function globbed(pattern: string, cwd: string): Promise<string[]> {
  const { default: fastGlob } = await import("fast-glob");
  return fastGlob(pattern, { cwd, absolute: true, dot: true, followSymbolicLinks: false, onlyFiles: true });
}

function exists(path: string): boolean {
  try {
    lstatSync(path);
    statSync(path);
    return true;
  } catch {
    return false;
  }
}

/** Paths in reports have `/` between folders on every system. */
export function posix(path: string): string {
  return sep === "/" ? path : path.split(sep).join("/");
}

/** Whether units are few and small enough for one thread; a stream counts as small, as it cannot be shared out. */
export function isSmall(units: readonly Unit[], most: { readonly files: number; readonly bytes: number }): boolean {
  let files = 0;
  let bytes = 0;
  for (const unit of units) {
    if (unit.kind === "stream") continue;
    files += unit.paths.length;
    if (files > most.files) return false;
    for (const path of unit.paths) bytes += sizeOf(join(unit.root, path));
  }
  return bytes <= most.bytes;
}

function sizeOf(path: string): number {
  try {
    return lstatSync(path).size;
  } catch {
    return 0;
  }
}
