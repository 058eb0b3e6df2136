/** Settings for a git that asks a remote: nothing of the repository is run (src/git/run.ts); credentials are git's own affair. */
export const HARDENED: readonly string[] = [
  "core.fsmonitor=false",
  "core.hooksPath=/dev/null",
  "protocol.ext.allow=never",
  "submodule.recurse=false",
  "fetch.recurseSubmodules=false",
  "gc.auto=0",
  "maintenance.auto=false",
];

/** simple-git refuses settings that could be used to run something; these keep things from being run. */
export const HARMLESS = { allowUnsafeFsMonitor: true, allowUnsafeHooksPath: true, allowUnsafeProtocolOverride: true };

/** What git is told by the environment: never to ask anybody, and how a server is reached. The rest is for other runs of it. */
export const HEARD: readonly string[] = [
  "GIT_TERMINAL_PROMPT",
  "GIT_SSL_CAINFO",
  "GIT_SSL_CAPATH",
  "GIT_SSL_NO_VERIFY",
  "GIT_HTTP_PROXY_AUTHMETHOD",
];
const UNHEARD = /^(?:GIT_|SSH_ASKPASS|EDITOR$|VISUAL$|PAGER$|PREFIX$)/i;

/** The environment of such a git. */
export function askingEnvironment(env: NodeJS.ProcessEnv): Record<string, string | undefined> {
  const kept = Object.entries(env).filter(([name]) => HEARD.includes(name) || !UNHEARD.test(name));
  return { ...Object.fromEntries(kept), GIT_TERMINAL_PROMPT: "0", LC_ALL: "C" };
}

const LONGEST = 160;

/** The first complaint of git, without what an address may hold of a login. */
export function whyNot(error: unknown): string {
  const lines = (error instanceof Error ? error.message : String(error)).split("\n").map((line) => line.trim());
  const first =
    lines.find((line) => /^(?:fatal|error):/.test(line)) ?? lines.find((line) => line !== "") ?? "git said nothing";
  return first.replace(/\/\/[^@/\s]*@/g, "//").slice(0, LONGEST);
}
