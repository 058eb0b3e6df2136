import { spawn } from "node:child_process";
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
].flatMap((setting) => ["-c", setting]);

/** What would make git look at another repository, or read paths otherwise: set when leakreach runs in a hook of one. */
const ELSEWHERE =
  /^GIT_(?:DIR|WORK_TREE|COMMON_DIR|INDEX_FILE|PREFIX|NAMESPACE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|(?:LITERAL|GLOB|NOGLOB|ICASE)_PATHSPECS)$/;

/** Runs `git` in a folder and gives its standard output in pieces; ends with an error if git does. */
export async function* git(folder: string, args: readonly string[], signal: AbortSignal): AsyncGenerator<Buffer> {
  const env = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !ELSEWHERE.test(name))),
    GIT_TERMINAL_PROMPT: "0",
    GIT_NO_LAZY_FETCH: "1",
    GIT_OPTIONAL_LOCKS: "0",
    LC_ALL: "C",
  };
  const child = spawn("git", ["--no-pager", ...HARDENED, "-C", folder, ...args], {
    env,
    signal,
    stdio: ["ignore", "pipe", "pipe"],
  });
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
  yield* child.stdout as AsyncIterable<Buffer>;
  const code = await ended;
  if (code !== 0)
    throw new ScanError(
      "git-failed",
      `git ${args.find((arg) => !arg.startsWith("-"))} failed in ${folder}: ${complaint.split("\n")[0]?.slice(0, 200) ?? `exit ${code}`}`,
    );
}

const isMissing = (error: Error): boolean => (error as NodeJS.ErrnoException).code === "ENOENT";

/** The NUL-terminated records of a git command; file names are bytes. */
export async function* gitRecords(
  folder: string,
  args: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  let rest = Buffer.alloc(0) as Buffer;
  for await (const piece of git(folder, args, signal)) {
    let all = rest.length ? Buffer.concat([rest, piece]) : piece;
    for (let end = all.indexOf(0); end >= 0; end = all.indexOf(0)) {
      yield all.subarray(0, end);
      all = all.subarray(end + 1);
    }
    rest = all;
  }
}
