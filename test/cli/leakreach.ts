import { type ChildProcess, spawn } from "node:child_process";
import { resolve } from "node:path";

/** What users run. */
export const CLI = resolve("dist/leakreach.js");

/** What one run of the command line gave. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface How {
  readonly cwd?: string;
  readonly input?: string | Uint8Array;
  /** Leaves standard input open after `input`. */
  readonly keepOpen?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** Flags of Node itself. */
  readonly node?: readonly string[];
  readonly during?: (child: ChildProcess) => void;
  /** Another file than the one that was built. */
  readonly cli?: string;
}

/** Runs `leakreach ARGS` as users do, and waits for its end. */
export function leakreach(args: readonly string[], how: How = {}): Promise<Ran> {
  const { NO_COLOR: _, FORCE_COLOR: __, NODE_TEST_CONTEXT: ___, ...env } = process.env;
  const child = spawn(process.execPath, [...(how.node ?? []), how.cli ?? CLI, ...args], {
    cwd: how.cwd,
    env: { ...env, ...how.env },
    stdio: "pipe",
  });
  const ran = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name].setEncoding("utf8").on("data", (text: string) => {
      ran[name] += text;
    });
  // A command that never reads its input closes it.
  child.stdin.on("error", () => {});
  child.stdin.write(how.input ?? "");
  if (!how.keepOpen) child.stdin.end();
  how.during?.(child);
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.on("close", (code) => done({ code, ...ran }));
  });
}

/** The objects of a text with one JSON object a line. */
export const linesOf = (text: string): Record<string, unknown>[] =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
