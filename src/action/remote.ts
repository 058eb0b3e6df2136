import { resolve } from "node:path";
import { simpleGit } from "simple-git";
import { askingEnvironment, HARDENED, HARMLESS, HEARD, whyNot } from "../git/asking.ts";
import type { ObjectId } from "../git/object-id.ts";
import type { CommitId } from "./event.ts";

/** The remote of a checkout. Asking it opens connections, with whatever credentials the checkout has. */
export interface Remote {
  /** Fetches commits, and so many that lead to them, or files; says why not, or nothing. Changes no ref. */
  readonly bring: (ids: readonly (CommitId | ObjectId)[], depth: number | undefined) => Promise<string | undefined>;
  /** The commit a branch is at; nothing if there is none, or it cannot be asked. */
  readonly tip: (branch: string) => Promise<CommitId | undefined>;
}

/** A fetch that says nothing for so long has failed: milliseconds. */
const SILENCE = 120_000;

/** Opens the remote `origin` of a work tree, which is where actions/checkout has it from. */
export function originOf(workspace: string): Remote {
  const git = simpleGit({
    baseDir: workspace,
    config: [...HARDENED, `safe.directory=${resolve(workspace)}`],
    timeout: { block: SILENCE },
    unsafe: HARMLESS,
    allowEnvironment: HEARD,
  }).env(askingEnvironment(process.env));
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
