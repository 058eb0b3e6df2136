import { resolve } from "node:path";
import { type SimpleGit, simpleGit } from "simple-git";
import { askingEnvironment, HARDENED, HARMLESS, HEARD } from "../../git/asking.ts";
import type { Credentials } from "../hosts.ts";

/** A server that says nothing for so long has failed: milliseconds. */
const SILENCE = 120_000;

/** What else a user's own environment may say of how servers are reached. */
const OWN = ["GIT_SSH_COMMAND", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM"];
const LOGIN = ["GIT_CONFIG_COUNT", "GIT_CONFIG_KEY_0", "GIT_CONFIG_VALUE_0"];

/** git-config(1): what git keeps of packs in memory, each of as many as fetch at once. */
const FRUGAL = [
  "core.deltaBaseCacheLimit=16m",
  "core.bigFileThreshold=64m",
  "core.packedGitLimit=64m",
  "core.packedGitWindowSize=16m",
  "pack.threads=1",
  "pack.windowMemory=32m",
];

/** A git that may ask a remote. */
export type RemoteGit = SimpleGit;

/** Opens one in a folder. A login reaches it by its environment: not in an address, an argument or a file. */
export function remoteGit(folder: string, login: Credentials | undefined, signal: AbortSignal): SimpleGit {
  const { GIT_SSH_COMMAND, ...own } = Object.fromEntries(OWN.map((name) => [name, process.env[name]]));
  const env = {
    ...askingEnvironment(process.env),
    ...Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)),
    GIT_SSH_COMMAND: GIT_SSH_COMMAND ?? "ssh -oBatchMode=yes",
    ...(login && {
      GIT_CONFIG_COUNT: "1",
      GIT_CONFIG_KEY_0: `http.${login.origin}/.extraHeader`,
      GIT_CONFIG_VALUE_0: `Authorization: Basic ${Buffer.from(`${login.user}:${login.password}`).toString("base64")}`,
    }),
  };
  return simpleGit({
    baseDir: resolve(folder),
    config: [...HARDENED, ...FRUGAL, "fetch.writeCommitGraph=false", "transfer.bundleURI=false"],
    abort: signal,
    timeout: { block: SILENCE },
    unsafe: {
      ...HARMLESS,
      allowUnsafeSshCommand: true,
      allowUnsafeConfigEnvCount: true,
      allowUnsafeConfigPaths: true,
      allowUnsafeTemplateDir: true,
    },
    allowEnvironment: [...HEARD, ...OWN, ...LOGIN],
  }).env(env as Record<string, string>);
}
