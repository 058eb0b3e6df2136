import { inOrder } from "../model/index.ts";

/** Says whether a path (`/` between folders) is meant. */
export type PathTest = (path: string) => boolean;

const MOST_STARS = 3;
const MOST_BRACES = 3;
const MOST_CHOICES = 50;

/** What is wrong with a glob; undefined if nothing is. Too many choices in one glob can take for ever on the wrong path. */
export function globFault(glob: string): string | undefined {
  if (!/^[^!\\][^\\]*$/.test(glob))
    return "is no glob: write one such as docs/** or *.lock, with / between folders and without a leading !";
  const parts = glob.split("/");
  const stars = parts
    .flatMap((part) => part.split(","))
    .map((part) => (part === "**" ? 0 : part.split(/\*+/).length - 1));
  const doubles = parts.filter((part) => part === "**").length;
  if (doubles > MOST_STARS || Math.max(...stars) > MOST_STARS) {
    return `has too many stars: at most ${MOST_STARS} between two slashes, and at most ${MOST_STARS} times **`;
  }
  const crowded = glob.split("{").length - 1 > MOST_BRACES || glob.split(",").length > MOST_CHOICES;
  return crowded
    ? `has too many choices: at most ${MOST_BRACES} pairs of braces and ${MOST_CHOICES} words in them; write two globs`
    : undefined;
}

/**
 * A test for any of some globs. Without a slash a glob matches at any depth, with one from the root; what matches a
 * folder matches everything in it.
 */
export async function pathTest(globs: readonly string[]): Promise<PathTest> {
  if (globs.length === 0) return () => false;
  const { default: picomatch } = await import("picomatch");
  return picomatch(globs.flatMap(expanded), { dot: true, nonegate: true, noextglob: true, regex: false });
}

/** Which paths are meant, and which folders may hold some of them. */
export interface PathChoice {
  readonly wanted: PathTest;
  readonly holds: PathTest;
}

/** What `include` narrows, everything if there is none, and `exclude` leaves out. */
export async function pathChoice(
  include: readonly string[] | undefined,
  exclude: readonly string[] = [],
): Promise<PathChoice> {
  const [included, excluded] = [include ? await pathTest(include) : () => true, await pathTest(exclude)];
  return {
    wanted: (path) => included(path) && !excluded(path),
    holds: (folder) => !excluded(folder) && (!include || include.some((glob) => mayReach(glob, folder))),
  };
}

/** Whether something in a folder may match a glob: their first folders are the same, as far as both name any. */
function mayReach(glob: string, folder: string): boolean {
  const parts = glob
    .replace(/^\.?\//, "")
    .replace(/\/+$/, "")
    .split("/");
  if (parts.length === 1 && !glob.startsWith("/")) return true;
  const open = parts.findIndex((part) => /[*?[{]/.test(part));
  const named = open < 0 ? parts : parts.slice(0, open);
  const folders = folder.split("/");
  return named.every((name, at) => at >= folders.length || folders[at] === name);
}

function expanded(glob: string): readonly string[] {
  // Parentheses stand in folder names (`app/(shop)/page.tsx`); picomatch takes them for a regular expression's.
  const literal = glob.replace(/[()|]/g, "\\$&");
  const trimmed = literal.replace(/^\.\//, "").replace(/\/+$/, "");
  const rooted = trimmed.startsWith("/") ? trimmed.slice(1) : trimmed;
  const anywhere = trimmed.includes("/") ? rooted : `**/${rooted}`;
  return /(?:^|\/)\*\*$/.test(anywhere) ? [anywhere] : [anywhere, `${anywhere}/**`];
}

/** A test for any of some rule ids, in which `*` is any run of characters. */
export function ruleTest(globs: readonly string[]): (rule: string) => boolean {
  const split = globs.map((glob) => glob.split("*"));
  return (rule) => split.some((parts) => inOrder(parts, rule));
}
