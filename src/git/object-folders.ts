import { existsSync, realpathSync } from "node:fs";
import { delimiter, isAbsolute, join, resolve } from "node:path";
import { type Gaps, Malformed } from "./malformed.ts";
import { readSmall } from "./regular-file.ts";

/** As deep as git follows one alternate to the next (gitrepository-layout(5), "objects/info/alternates"). */
const DEEPEST = 5;
const MOST = 1000;
const LARGEST_LIST = 1 << 20;

/** What the environment says of object folders: a server's quarantine is set up with it (git-receive-pack(1)). */
export interface ObjectEnvironment {
  readonly GIT_OBJECT_DIRECTORY?: string | undefined;
  readonly GIT_ALTERNATE_OBJECT_DIRECTORIES?: string | undefined;
}

/** The folders that hold a repository's objects: its own first, then those it borrows from, each once. */
export function objectFolders(commonDir: string, cwd: string, env: ObjectEnvironment, gaps: Gaps): readonly string[] {
  const folders = new Set<string>();
  const enter = (folder: string, depth: number): void => {
    const real = gaps.try(folder, () => {
      if (folders.size >= MOST || depth > DEEPEST)
        throw new Malformed("too many object folders borrow from each other: it was not read");
      if (!existsSync(folder)) throw new Malformed("this object folder does not exist: what was in it is missing");
      return realpathSync.native(folder);
    });
    if (real === undefined || folders.has(real)) return;
    folders.add(real);
    const list = join(real, "info", "alternates");
    const text = gaps.try(list, () => readSmall(list, LARGEST_LIST)?.toString("utf8"));
    for (const other of paths(text ?? "", "\n")) {
      if (!other.startsWith("#")) enter(isAbsolute(other) ? other : join(real, other), depth + 1);
    }
  };
  enter(env.GIT_OBJECT_DIRECTORY ? resolve(cwd, env.GIT_OBJECT_DIRECTORY) : join(commonDir, "objects"), 0);
  for (const other of paths(env.GIT_ALTERNATE_OBJECT_DIRECTORIES ?? "", delimiter)) enter(resolve(cwd, other), 1);
  return [...folders];
}

/** A list of paths, each of which may stand in double quotes with C escapes (git(1), GIT_ALTERNATE_OBJECT_DIRECTORIES). */
function* paths(list: string, separator: string): Generator<string> {
  const item =
    separator === "\n" ? /"(?:[^"\\]|\\.)*"|[^\n]+/g : new RegExp(`"(?:[^"\\\\]|\\\\.)*"|[^${separator}]+`, "g");
  for (const [path] of list.matchAll(item)) yield path.startsWith('"') && path.endsWith('"') ? unquoted(path) : path;
}

const LETTERS: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", a: "\x07", f: "\f", v: "\v" };

function unquoted(path: string): string {
  const bytes = path
    .slice(1, -1)
    .replace(/\\([0-7]{3})|\\(.)/g, (_, octal: string | undefined, letter: string) =>
      octal ? `\\${octal}` : (LETTERS[letter] ?? letter),
    );
  return bytes.replace(/(?:\\[0-3][0-7]{2})+/g, (run) =>
    Buffer.from(
      run
        .slice(1)
        .split("\\")
        .map((octal) => Number.parseInt(octal, 8)),
    ).toString("utf8"),
  );
}
