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

/** Runs `git` in a folder and gives its standard output in pieces; ends with an error if git does. */
export async function* git(folder: string, args: readonly string[], signal: AbortSignal): AsyncGenerator<Buffer> {
  const env = {
    ...process.env,
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
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  });
  ended.catch(() => {});
  yield* child.stdout as AsyncIterable<Buffer>;
  const code = await ended;
  if (code !== 0)
    throw new ScanError(
      "git-failed",
      `git ${args[0]} failed in ${folder}: ${complaint.split("\n")[0]?.slice(0, 200) ?? `exit ${code}`}`,
    );
}

/** The NUL-terminated records of a git command. */
export async function* gitRecords(
  folder: string,
  args: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<string> {
  let rest = Buffer.alloc(0) as Buffer;
  for await (const piece of git(folder, args, signal)) {
    let all = rest.length ? Buffer.concat([rest, piece]) : piece;
    for (let end = all.indexOf(0); end >= 0; end = all.indexOf(0)) {
      yield all.toString("utf8", 0, end);
      all = all.subarray(end + 1);
    }
    rest = all;
  }
}
