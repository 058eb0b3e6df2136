import type { ChildProcess } from "node:child_process";
import { ScanError } from "../model/index.ts";

/** Settings that keep a hostile repository's configuration from running anything (git-config(1); docs/architecture.md, "Hostile input"). */
const HARDENED = [
  "core.fsmonitor=false",
  "core.hooksPath=/dev/null",
  "core.pager=cat",
  "core.attributesFile=/dev/null",
  "core.untrackedCache=false",
  "protocol.ext.allow=never",
  "diff.external=",
  "color.ui=never",
  "submodule.recurse=false",
  // A mounted folder belongs to somebody else. What git guards against there, running what the repository says, is switched off above.
  "safe.directory=*",
].flatMap((setting) => ["-c", setting]);

/** What would make git look at another repository, or read paths otherwise: set when leakreach runs in a hook of one. */
const ELSEWHERE =
  /^GIT_(?:DIR|WORK_TREE|COMMON_DIR|INDEX_FILE|PREFIX|NAMESPACE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|(?:LITERAL|GLOB|NOGLOB|ICASE)_PATHSPECS)$/;

/** How else git is run: more settings and environment, and what it reads. */
export interface Manner {
  readonly settings?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Exit codes that are no error, beside 0. */
  readonly codes?: readonly number[];
  /** Milliseconds after which a git that says nothing is ended: one of the files that it reads may be a pipe, of which no end comes. */
  readonly silence?: number;
}

/** Runs `git` in a folder and gives its standard output in pieces; ends with an error if git does. */
export async function* git(
  folder: string,
  args: readonly string[],
  signal: AbortSignal,
  { settings = [], env: more = {}, input, codes = [], silence }: Manner = {},
): AsyncGenerator<Buffer> {
  const env = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !ELSEWHERE.test(name))),
    GIT_TERMINAL_PROMPT: "0",
    GIT_NO_LAZY_FETCH: "1",
    GIT_OPTIONAL_LOCKS: "0",
    LC_ALL: "C",
    ...more,
  };
  const own = settings.flatMap((setting) => ["-c", setting]);
  const { spawn } = process.getBuiltinModule("node:child_process");
  const child = spawn("git", ["--no-pager", ...HARDENED, ...own, "-C", folder, ...args], {
    env,
    signal,
    stdio: "pipe",
  });
  // One that ends early closes its input; how it ended is told below.
  child.stdin.on("error", () => {}).end(input);
  let complaint = "";
  child.stderr.on("data", (piece: Buffer) => {
    if (complaint.length < 2000) complaint += piece.toString("utf8");
  });
  const ended = new Promise<number>((resolve, reject) => {
    child.on("error", (error) =>
      reject(isMissing(error) ? new ScanError("git-failed", "git is not installed") : error),
    );
    child.on("close", (code) => resolve(code ?? 1));
  });
  ended.catch(() => {});
  yield* spoken(child, silence);
  const code = await ended;
  if (code !== 0 && !codes.includes(code))
    throw new ScanError(
      "git-failed",
      `git ${args.find((arg) => !arg.startsWith("-"))} failed in ${folder}: ${complaint.split("\n")[0]?.slice(0, 200) ?? `exit ${code}`}`,
    );
}

/** How a git is run that looks at what is here: in a large work tree on a slow disk, too, it says something sooner. */
export const LOCAL: Manner = { silence: 60_000 };

/** What a process says. One that is silent for too long while it is listened to is ended. */
async function* spoken(child: ChildProcess, silence: number | undefined): AsyncGenerator<Buffer> {
  let isStuck = false;
  const end = (): void => {
    isStuck = true;
    child.kill("SIGKILL");
  };
  const listen = () => (silence === undefined ? undefined : setTimeout(end, silence));
  let watch = listen();
  try {
    for await (const piece of child.stdout as AsyncIterable<Buffer>) {
      clearTimeout(watch);
      yield piece;
      watch = listen();
    }
  } finally {
    clearTimeout(watch);
  }
  if (isStuck)
    throw new ScanError(
      "git-failed",
      "git says nothing: a file that it reads, as its settings name them, may be a pipe",
    );
}

const isMissing = (error: Error): boolean => (error as NodeJS.ErrnoException).code === "ENOENT";

/** The records of a git command, which end with NUL unless told; file names are bytes. */
export async function* gitRecords(
  folder: string,
  args: readonly string[],
  signal: AbortSignal,
  end: "\0" | "\n" = "\0",
  manner: Manner = {},
): AsyncGenerator<Buffer> {
  const mark = end.charCodeAt(0);
  let rest = Buffer.alloc(0) as Buffer;
  for await (const piece of git(folder, args, signal, manner)) {
    let all = rest.length ? Buffer.concat([rest, piece]) : piece;
    let at = 0;
    for (let stop = all.indexOf(mark, at); stop >= 0; stop = all.indexOf(mark, at)) {
      yield all.subarray(at, stop);
      at = stop + 1;
    }
    all = all.subarray(at);
    rest = all;
  }
}
