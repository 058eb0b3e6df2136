import { resolve } from "node:path";
import { simpleGit } from "simple-git";
import type { CommitId } from "./event.ts";

/** The remote of a checkout. Asking it opens connections, with whatever credentials the checkout has. */
export interface Remote {
  /** Fetches commits, and so many that lead to them; says why not, or nothing. Changes no ref. */
  readonly bring: (ids: readonly CommitId[], depth: number | undefined) => Promise<string | undefined>;
  /** The commit a branch is at; nothing if there is none, or it cannot be asked. */
  readonly tip: (branch: string) => Promise<CommitId | undefined>;
}

/** A fetch that says nothing for so long has failed: milliseconds. */
const SILENCE = 120_000;

/** As for every run of git here, nothing of the repository is run (src/git/run.ts); the checkout's own credentials stay. */
const HARDENED = [
  "core.fsmonitor=false",
  "core.hooksPath=/dev/null",
  "protocol.ext.allow=never",
  "submodule.recurse=false",
  "fetch.recurseSubmodules=false",
  "gc.auto=0",
  "maintenance.auto=false",
];

/** simple-git refuses settings that could be used to run something; these keep things from being run. */
const HARMLESS = { allowUnsafeFsMonitor: true, allowUnsafeHooksPath: true, allowUnsafeProtocolOverride: true };

/** What git is told by the environment: never to ask anybody, and how a runner reaches its server. The rest is for other runs of it. */
const HEARD = [
  "GIT_TERMINAL_PROMPT",
  "GIT_SSL_CAINFO",
  "GIT_SSL_CAPATH",
  "GIT_SSL_NO_VERIFY",
  "GIT_HTTP_PROXY_AUTHMETHOD",
];
const UNHEARD = /^(?:GIT_|SSH_ASKPASS|EDITOR$|VISUAL$|PAGER$|PREFIX$)/i;

/** Opens the remote `origin` of a work tree, which is where actions/checkout has it from. */
export function originOf(workspace: string): Remote {
  const kept = Object.entries(process.env).filter(([name]) => HEARD.includes(name) || !UNHEARD.test(name));
  const git = simpleGit({
    baseDir: workspace,
    config: [...HARDENED, `safe.directory=${resolve(workspace)}`],
    timeout: { block: SILENCE },
    unsafe: HARMLESS,
    allowEnvironment: HEARD,
  }).env({ ...Object.fromEntries(kept), GIT_TERMINAL_PROMPT: "0", LC_ALL: "C" });
  return {
    bring: async (ids, depth) => {
      const deep = depth === undefined ? [] : [`--depth=${depth}`];
      const flags = ["--quiet", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head", ...deep];
      try {
        await git.raw(["fetch", ...flags, "origin", ...ids]);
        return undefined;
      } catch (error) {
        return whyNot(error);
      }
    },
    tip: async (branch) => {
      try {
        const found = /^([0-9a-f]{40,64})\t/.exec(
          await git.raw(["ls-remote", "--quiet", "origin", `refs/heads/${branch}`]),
        );
        return found?.[1] as CommitId | undefined;
      } catch {
        return undefined;
      }
    },
  };
}

const LONGEST = 160;

/** The first complaint of git, without what an address may hold of a login. */
function whyNot(error: unknown): string {
  const lines = (error instanceof Error ? error.message : String(error)).split("\n").map((line) => line.trim());
  const first =
    lines.find((line) => /^(?:fatal|error):/.test(line)) ?? lines.find((line) => line !== "") ?? "git said nothing";
  return first.replace(/\/\/[^@/\s]*@/g, "//").slice(0, LONGEST);
}
