import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  lstatSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { isInside, ScanError } from "../model/index.ts";
import { makeFolder } from "../sources/make-folder.ts";
import { refuseManaged, refuseShared } from "./hook-managers.ts";
import { FORWARDED, forwardScript, type HookName, hookScript, isOurs, keptName } from "./hook-script.ts";

/** Which hook, and whether it is for this repository or for all of this user. */
export interface HookPlace {
  readonly name: HookName;
  readonly global: boolean;
}

interface HookFolder {
  readonly path: string;
  /** Whether leakreach made the folder, for all repositories. */
  readonly isOwn: boolean;
}

/** Writes a hook that runs `bundle`, keeps one that is there, and gives a sentence that says what was done. */
export function install(wanted: HookPlace & { readonly bundle: string }): string {
  return orRefused(() => write(wanted));
}

function write({ name, global, bundle }: HookPlace & { readonly bundle: string }): string {
  const folder = global ? globalFolder() : repositoryFolder(name);
  const file = join(folder.path, name);
  const kept = join(folder.path, keptName(name));
  const there = scriptAt(file);
  if (there !== undefined && !isOurs(there)) {
    refuseManaged(name, file, there);
    if (lstatSync(kept, { throwIfNoEntry: false }))
      throw new ScanError("usage", `${file} is not leakreach's, and ${kept} is there, too: remove one of them`);
  }
  makeFolder(folder.path);
  if (there !== undefined && !isOurs(there)) renameSync(file, kept);
  const script = { name, node: process.execPath, bundle: realpathSync(bundle), forAll: folder.isOwn };
  writeScript(file, hookScript(script));
  if (folder.isOwn) {
    for (const other of FORWARDED)
      if (scriptAt(join(folder.path, other)) === undefined) writeScript(join(folder.path, other), forwardScript(other));
    git(["config", "--global", "core.hooksPath", folder.path]);
  }
  const first = existsSync(kept) ? ` The hook that was there runs first: ${kept}` : "";
  return `Installed: ${file}.${first}`;
}

/** Takes away what {@link install} wrote, and nothing else; gives a sentence that says what was done. */
export function uninstall(wanted: HookPlace): string {
  return orRefused(() => takeAway(wanted));
}

function takeAway({ name, global }: HookPlace): string {
  const folder = global ? globalFolder() : repositoryFolder(name);
  const file = join(folder.path, name);
  const kept = join(folder.path, keptName(name));
  const there = scriptAt(file);
  if (there === undefined || !isOurs(there)) return `There is no hook of leakreach at ${file}: nothing to take away.`;
  rmSync(file);
  if (lstatSync(kept, { throwIfNoEntry: false })) {
    renameSync(kept, file);
    return `Taken away: ${file}. The hook that was there before is back.`;
  }
  if (folder.isOwn) removeOwnFolder(folder.path, name);
  return `Taken away: ${file}.`;
}

/** The folder for all repositories goes with its last hook that looks; until then it hands this one on. */
function removeOwnFolder(folder: string, name: HookName): void {
  const other = scriptAt(join(folder, name === "pre-commit" ? "pre-push" : "pre-commit"));
  if (other?.includes("bundle=")) {
    writeScript(join(folder, name), forwardScript(name));
    return;
  }
  if (asked(["config", "--global", "--type=path", "--get", "core.hooksPath"]) === folder)
    git(["config", "--global", "--unset", "core.hooksPath"]);
  for (const each of FORWARDED) {
    const file = join(folder, each);
    if (isOurs(scriptAt(file) ?? "")) rmSync(file);
  }
}

/** Where git looks for the hooks of all repositories: where the user says, or a folder of our own. */
function globalFolder(): HookFolder {
  const own = join(process.env.XDG_CONFIG_HOME || join(homedir(), ".config"), "leakreach", "hooks");
  const set = asked(["config", "--global", "--type=path", "--get", "core.hooksPath"]);
  return { path: set || own, isOwn: !set || set === own };
}

/** Where git looks for this repository's hooks. */
function repositoryFolder(name: HookName): HookFolder {
  const top = asked(["rev-parse", "--show-toplevel"]);
  if (!top)
    throw new ScanError(
      "usage",
      "there is no work tree of git here: a server's pre-receive hook is shown in docs/hooks.md",
    );
  const scope = asked(["config", "--show-scope", "--get", "core.hooksPath"])?.split(/\s/)[0];
  if (scope === "global" || scope === "system")
    throw new ScanError(
      "usage",
      "core.hooksPath is set for all your repositories, so git does not look for hooks of this one: leakreach hook install --global",
    );
  const path = resolve(top, git(["-C", top, "rev-parse", "--git-path", "hooks"]));
  const common = resolve(top, git(["-C", top, "rev-parse", "--git-common-dir"]));
  if (isInside(path, resolve(top)) && !isInside(path, common)) refuseShared(name, path);
  return { path, isOwn: false };
}

/** The text of a hook, or undefined where there is none; that of a program in machine code is of no matter. */
function scriptAt(file: string): string | undefined {
  if (!lstatSync(file, { throwIfNoEntry: false })) return undefined;
  const at = statSync(file, { throwIfNoEntry: false });
  if (at && !at.isFile()) throw new ScanError("usage", `${file} is no file, and so no hook: remove it first`);
  return at ? readFileSync(file, "latin1").slice(0, 1 << 16) : "";
}

/** What the file system refuses is the user's to mend: a folder that may not be written, a `core.hooksPath` that is none. */
function orRefused<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { code, path, syscall } = error as NodeJS.ErrnoException;
    if (syscall === undefined || path === undefined) throw error;
    const why = WHY[code ?? ""] ?? code;
    throw new ScanError("usage", `the hook ${path} could not be written: ${why}`);
  }
}

const WHY: Readonly<Record<string, string>> = {
  ENOTDIR: "what should be its folder is none, so git runs no hook (git rev-parse --git-path hooks names it)",
  ENOENT: "neither a folder nor a file can be made there (git rev-parse --git-path hooks names the folder)",
};

function writeScript(file: string, script: string): void {
  const beside = `${file}.${process.pid}.tmp`;
  writeFileSync(beside, script);
  chmodSync(beside, 0o755);
  renameSync(beside, file);
}

/** Milliseconds that git is given for one setting. */
const PATIENCE = 10_000;

/** What git answers in the current folder; undefined if it has no answer. */
function asked(args: readonly string[]): string | undefined {
  try {
    return execFileSync("git", args, {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      timeout: PATIENCE,
    }).replace(/\r?\n$/, "");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new ScanError("git-failed", "git is not installed");
    if (code === "ETIMEDOUT")
      throw new ScanError(
        "git-failed",
        "git does not answer: a file that it reads, as its settings name them, may be a pipe. Nothing was written",
      );
    return undefined;
  }
}

function git(args: readonly string[]): string {
  const answer = asked(args);
  if (answer === undefined) throw new ScanError("git-failed", `git ${args.join(" ")} failed`);
  return answer;
}
