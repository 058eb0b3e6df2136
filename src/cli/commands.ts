import type { Command } from "commander";
import type { CommandSpec } from "./flags.ts";

/** One command: what `--help` says of it, and the chunk that has it. */
export interface CommandEntry {
  readonly summary: string;
  readonly load: () => Promise<LoadedCommand>;
}

/** A command as data, or as commander has it. Those whose start must be quick are data: commander alone takes 10 ms. */
export type LoadedCommand = { readonly spec: CommandSpec<never> } | { readonly build: () => Command };

/** Every command, in the order help lists them. Each is a chunk of its own: only the one that is run is loaded. */
export const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  scan: { summary: "find leaked tokens in files and say how far each one reaches", load: () => import("./scan.ts") },
  history: {
    summary: "find every token that ever stood in a git repository, in any version of any file",
    load: () => import("./history.ts"),
  },
  range: {
    summary: "find what each commit of a range adds, as BASE..HEAD of a pull request",
    load: () => import("./range.ts"),
  },
  ci: {
    summary: "find what this run of a CI system tests: range, with base and head from its environment",
    load: () => import("./ci.ts"),
  },
  staged: { summary: "find what is staged for the next commit (a pre-commit hook)", load: () => import("./staged.ts") },
  "push-refs": {
    summary: "find what a push brings, from what git tells a pre-receive or pre-push hook",
    load: () => import("./push-refs.ts"),
  },
  logs: {
    summary: "find what pipelines printed: logs of seven CI systems, read as what they say",
    load: () => import("./logs.ts"),
  },
  hook: {
    summary: "install the hooks that look at what you commit or push, or take them away",
    load: () => import("./hook.ts"),
  },
  report: {
    summary: "make one report of many: a page to read, SARIF, CSV, a table",
    load: () => import("./report.ts"),
  },
  decode: {
    summary: "explain one token from standard input, with every factor of its score",
    load: () => import("./decode.ts"),
  },
  explain: {
    summary: "say what a rule finds, what its tokens reach and where to revoke them",
    load: () => import("./explain.ts"),
  },
  rules: { summary: "list every rule", load: () => import("./rules.ts") },
  sweep: {
    summary: "look through many repositories: which credentials leaked, and which to revoke first",
    load: () => import("./sweep.ts"),
  },
  worker: {
    summary: "look through what the sweeps of a queue ask for; any number of them, on any machines",
    load: () => import("./worker.ts"),
  },
  merge: { summary: "put the stores of a sweep's parts into one", load: () => import("./merge.ts") },
  diff: { summary: "say what two sweeps found differently", load: () => import("./diff.ts") },
  triage: { summary: "record what was decided about what a sweep found", load: () => import("./triage.ts") },
  baseline: {
    summary: "record today's findings, so that only new ones are reported",
    load: () => import("./baseline.ts"),
  },
  completion: { summary: "print what makes a shell complete all this", load: () => import("./completion.ts") },
};

/** A command as commander has it. */
export async function commanderOf(loaded: LoadedCommand): Promise<Command> {
  return "build" in loaded ? loaded.build() : (await import("./command-flags.ts")).commandOf(loaded.spec);
}
