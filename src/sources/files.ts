import { type Dirent, lstatSync, readdirSync, realpathSync, statSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { topLevel } from "../git/work-tree.ts";
import type { Globbed } from "./named.ts";
import { nameOf, onDisk } from "./names.ts";
import type { Listing, Source, SourceEvent } from "./unit.ts";

/** Which files of a tree are wanted. */
export interface FileChoice {
  /** Folder that paths in the report are relative to. */
  readonly base: string;
  /** Scan what git ignores too. */
  readonly allFiles: boolean;
  /** Read them as CI logs. */
  readonly log?: true | undefined;
  /** Says whether a path (relative to the report's root, `/` between folders) is wanted. */
  readonly wanted: (path: string) => boolean;
  /** Says whether something in a folder may be wanted. */
  readonly holds: (folder: string) => boolean;
}

/** Files a unit: few enough to share out, many enough to be worth a message. */
const BATCH = 96;
const NESTED = "a repository inside this one (a submodule or a clone): scan it on its own";

/**
 * The folder that paths in reports are relative to: the repository's top level, or the scanned folder outside one; the
 * nearest folder around them when several are scanned. Undefined when nothing but pipes is.
 */
export function rootOf(trees: readonly string[]): string | undefined {
  return trees.length ? trees.reduce(around) : undefined;
}

/** The trees that some paths are part of, each once. */
export function treesOf(paths: readonly string[]): string[] {
  return [...new Set(paths.filter((path) => !isStream(path)).map(treeOf))];
}

/** The tree that a path is part of: the repository, or the folder. */
export function treeOf(path: string): string {
  const real = realpathSync(path);
  const folder = statSync(real).isDirectory() ? real : dirname(real);
  return topLevel(folder) ?? folder;
}

/** The nearest folder around two. */
function around(one: string, other: string): string {
  for (let at = one; ; at = dirname(at)) {
    const way = relative(at, other);
    if (!way.startsWith("..") || dirname(at) === at) return at;
  }
}

/** Whether a path is read as it comes: a FIFO, the pipe behind `<(command)`, a terminal. */
function isStream(path: string): boolean {
  const stat = statSync(path);
  return stat.isFIFO() || stat.isCharacterDevice();
}

/** The files below a path, as units: in a git work tree what git tracks or does not ignore, elsewhere everything. */
export function filesSource(path: string, choice: FileChoice): Source {
  return { name: path, units: (signal) => filesOf(path, choice, signal) };
}

/** The files that a glob matches, as units; what git ignores is left out as in a folder. */
export function globSource({ glob, files }: Globbed, choice: FileChoice): Source {
  return { name: glob, units: (signal) => globbedFiles(glob, files, choice, signal) };
}

async function* filesOf(path: string, choice: FileChoice, signal: AbortSignal): AsyncGenerator<SourceEvent> {
  if (isStream(path)) {
    yield { type: "unit", unit: { kind: "stream", path, source: "pipe", ...(choice.log && { log: true }) } };
    return;
  }
  const real = realpathSync(path);
  const stat = statSync(real);
  if (!stat.isDirectory() && !stat.isFile()) {
    yield {
      type: "gap",
      gap: { what: path, why: "it is neither a file nor a folder nor a pipe: nothing was read of it" },
    };
    return;
  }
  const tree = treeOf(real);
  const way = posix(relative(choice.base, tree));
  yield* batched(listed(real, tree, choice, signal), { root: tree, shown: way && `${way}/` }, choice);
}

async function* listed(real: string, tree: string, choice: FileChoice, signal: AbortSignal): AsyncGenerator<Listed> {
  if (!statSync(real).isDirectory()) yield { path: posix(relative(tree, real)), listed: "walk" };
  else if (!choice.allFiles && topLevel(real)) yield* listedByGit(tree, real, signal);
  else yield* walked(tree, real, signal);
}

async function* globbedFiles(
  glob: string,
  files: readonly string[],
  choice: FileChoice,
  signal: AbortSignal,
): AsyncGenerator<SourceEvent> {
  const trees = new Map<string, Set<string>>();
  for (const file of files) {
    const real = realpathSync(file);
    const tree = treeOf(real);
    trees.set(tree, (trees.get(tree) ?? new Set()).add(posix(relative(tree, real))));
  }
  let units = 0;
  for (const [tree, paths] of trees) {
    const way = posix(relative(choice.base, tree));
    const listing = choice.allFiles || !topLevel(tree) ? named(paths) : unignored(tree, paths, signal);
    for await (const event of batched(listing, { root: tree, shown: way && `${way}/` }, choice)) {
      if (event.type === "unit") units++;
      yield event;
    }
  }
  if (units === 0) {
    const text = `nothing that ${glob} names is scanned: git ignores it, or it is excluded; --all-files scans what git ignores`;
    yield { type: "notice", text };
  }
}

async function* named(paths: Iterable<string>): AsyncGenerator<Listed> {
  for (const path of paths) yield { path, listed: "walk" };
}

/** Those of some files of a work tree that git tracks or does not ignore. */
async function* unignored(tree: string, paths: ReadonlySet<string>, signal: AbortSignal): AsyncGenerator<Listed> {
  let left = paths.size;
  for await (const item of listedByGit(tree, tree, signal)) {
    if (!("path" in item)) {
      if (item.type === "notice") yield item;
    } else if (paths.has(item.path)) {
      left--;
      yield item;
    }
  }
  if (left) yield { type: "skipped", reason: "ignored by git", count: left };
}

type Listed = { readonly path: string; readonly listed: Listing } | SourceEvent;

/** Makes units of paths; leaves out what is not wanted, and counts it. */
async function* batched(
  paths: AsyncIterable<Listed>,
  { root, shown }: { readonly root: string; readonly shown: string },
  choice: FileChoice,
): AsyncGenerator<SourceEvent> {
  const batches: Record<Listing, string[]> = { git: [], untracked: [], walk: [] };
  let excluded = 0;
  const unit = (listed: Listing): SourceEvent => ({
    type: "unit",
    unit: { kind: "files", root, paths: batches[listed].splice(0), shown, listed, ...(choice.log && { log: true }) },
  });
  for await (const item of paths) {
    if ("path" in item) {
      const path = shown + item.path;
      if (choice.wanted(path)) {
        if (batches[item.listed].push(item.path) >= BATCH) yield unit(item.listed);
      } else if (item.listed === "git" && choice.holds(path) && isFolder(join(root, item.path)))
        yield { type: "gap", gap: { what: path, why: NESTED } };
      else excluded++;
    } else if (item.type === "gap") {
      const { what, why } = item.gap;
      if (what === "." || choice.holds(shown + what.replace(/\/$/, "")))
        yield { type: "gap", gap: { what: shown + what, why } };
      else excluded++;
    } else yield item;
  }
  for (const listed of ["git", "untracked", "walk"] as const) if (batches[listed].length) yield unit(listed);
  if (excluded) yield { type: "skipped", reason: "excluded", count: excluded };
}

const UNTRACKED = "?".charCodeAt(0);

/** Tracked files and untracked ones that git does not ignore (git-ls-files(1)). Falls back to our own walk, and says so. */
async function* listedByGit(top: string, folder: string, signal: AbortSignal): AsyncGenerator<Listed> {
  const below = posix(relative(top, folder));
  if (below.split("/").includes(".git")) return yield* walked(top, folder, signal);
  const args = [
    // The repository may name another work tree, and its files would be looked for in this one.
    `--work-tree=${top}`,
    "ls-files",
    "-z",
    // A letter and a blank before each path: `?` if git does not track it.
    "-t",
    "--cached",
    "--others",
    "--exclude-standard",
    "--full-name",
    "--",
    below === "" ? "." : `:(top,literal)${below}`,
  ];
  const seen = new Set<string>();
  const linked = linkedFolders(top);
  let links = 0;
  try {
    const { gitRecords, LOCAL } = await import("../git/run.ts");
    for await (const record of gitRecords(top, args, signal, "\0", LOCAL)) {
      const path = nameOf(record.subarray(2));
      // A path in conflict is listed once a side.
      if (seen.has(path)) continue;
      seen.add(path);
      if (path.endsWith("/")) yield { type: "gap", gap: { what: path, why: NESTED } };
      else if (linked(dirname(path))) links++;
      else yield { path, listed: record[0] === UNTRACKED ? "untracked" : "git" };
    }
    if (seen.size === 0 && below !== "") yield* ignoredIn(top, folder, signal);
  } catch (error) {
    if (signal.aborted || seen.size > 0) throw error;
    yield {
      type: "notice",
      text: `${error instanceof Error ? error.message : "git failed"}; every file is scanned, ignored ones too`,
    };
    yield* walked(top, folder, signal);
  }
  if (links) yield { type: "skipped", reason: "symbolic link", count: links };
}

/** A folder that is named is scanned even if git ignores it, as a file is; what git ignores in another one is counted. */
async function* ignoredIn(top: string, folder: string, signal: AbortSignal): AsyncGenerator<Listed> {
  const below = posix(relative(top, folder));
  const { gitRecords, LOCAL } = await import("../git/run.ts");
  const asked = [`--work-tree=${top}`, "check-ignore", "--", `./${below}`];
  for await (const _ of gitRecords(top, asked, signal, "\n", { codes: [1], ...LOCAL }))
    return yield* walked(top, folder, signal);
  const args = [`--work-tree=${top}`, "ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--"];
  let count = 0;
  for await (const _ of gitRecords(top, [...args, `:(top,literal)${below}`], signal, "\0", LOCAL)) count++;
  if (count) yield { type: "skipped", reason: "ignored by git", count };
}

/** Says whether a folder of the index has become a link, or stands behind one, since its files were added. */
function linkedFolders(top: string): (folder: string) => boolean {
  const known = new Map<string, boolean>([[".", false]]);
  return function linked(folder: string): boolean {
    let answer = known.get(folder);
    if (answer === undefined) {
      answer = linked(dirname(folder)) || isLink(join(top, folder));
      known.set(folder, answer);
    }
    return answer;
  };
}

function isLink(path: string): boolean {
  return lstatSync(onDisk(path), { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

function isFolder(path: string): boolean {
  return lstatSync(onDisk(path), { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Every regular file below a folder, nested repositories included; links are not followed, git's own folders are not entered. */
async function* walked(root: string, folder: string, signal: AbortSignal): AsyncGenerator<Listed> {
  const open: string[] = [folder];
  let links = 0;
  let gits = 0;
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    signal.throwIfAborted();
    try {
      for (const { name, entry } of entriesOf(at)) {
        const path = join(at, name);
        if (entry.isDirectory()) {
          if (name === ".git") gits++;
          else open.push(path);
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
  if (gits) yield { type: "skipped", reason: "git's own folder", count: gits };
}

type Entry = Pick<Dirent, "isDirectory" | "isFile" | "isSymbolicLink">;

/** What stands in a folder; names that are not UTF-8 are read again as bytes. */
function entriesOf(folder: string): { readonly name: string; readonly entry: Entry }[] {
  const path = onDisk(folder);
  const entries = readdirSync(path, { withFileTypes: true });
  if (!entries.some(({ name }) => name.includes("\ufffd")))
    return entries.map((entry) => ({ name: entry.name, entry }));
  const bytes = readdirSync(path, { withFileTypes: true, encoding: "buffer" } as never) as unknown as Dirent<Buffer>[];
  return bytes.map((entry) => ({ name: nameOf(entry.name), entry }));
}

/** Paths in reports have `/` between folders on every system. */
export function posix(path: string): string {
  return sep === "/" ? path : path.split(sep).join("/");
}
