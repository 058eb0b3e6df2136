import { ScanError } from "../model/index.ts";
import { plain } from "../report/redact.ts";
import { isFramework, type PrepareHook, prepareCommit } from "../setup/prepare-hook.ts";
import type { CommandSpec } from "./flags.ts";
import { advice, type Step } from "./hook-advice.ts";
import { scanAndReport } from "./perform.ts";
import { print } from "./print.ts";
import { JUDGEMENT_FLAGS, REPORT_FLAGS, type ReportFlags, TIME_FLAGS } from "./scan-options.ts";
import { unobeyed } from "./terminal.ts";

interface HookFlags extends ReportFlags {
  readonly global?: boolean;
  readonly prePush?: boolean;
}

/** `leakreach hook install|uninstall`, and `leakreach hook pre-commit|pre-push`, which hooks run. */
export const spec: CommandSpec<HookFlags> = {
  name: "leakreach hook",
  description: "Looks at what you commit or push before it leaves this machine. Silent if there is nothing to say.",
  operands: {
    name: "<what...>",
    help: "install, uninstall; or, as hooks run it: pre-commit, pre-push [REMOTE]",
    words: ["install", "uninstall", "pre-commit", "pre-push"],
  },
  flags: [
    { name: "--global", help: "install, uninstall: for all repositories of this user (core.hooksPath)" },
    { name: "--pre-push", help: "install, uninstall: the hook before a push, not the one before a commit" },
    ...JUDGEMENT_FLAGS,
    ...REPORT_FLAGS,
    ...TIME_FLAGS,
  ],
  after: `
install writes the hook where git looks for it (core.hooksPath is respected). A hook that is there already is kept and
run first. A hook of pre-commit, husky or lefthook is left alone, and you are told the line to add to their settings.
uninstall takes away what install wrote, and puts the kept hook back.

pre-commit looks at git's index, never at the work tree: at what will be committed, also by git commit -a and
git commit FILE. pre-push looks at the commits that the remote does not have. Both stop git (exit 1, or 3 if something
could not be read), and say what was found, how far it reaches, and the line that allows it.

Examples:
  leakreach hook install                        before each commit in this repository
  leakreach hook install --pre-push             before each push
  leakreach hook install --global               before each commit in every repository
  leakreach hook pre-commit --fail-on high      as a line of .husky/pre-commit or of your own hook
  git commit --no-verify                        commits without looking, once`,
  run: ([what = "", remote], flags) => run(what, remote, flags),
};

async function run(what: string, remote: string | undefined, flags: HookFlags): Promise<number> {
  if (what === "pre-commit" || what === "pre-push") return look(what, remote, flags);
  if (what !== "install" && what !== "uninstall")
    throw new ScanError(
      "usage",
      `there is no leakreach hook ${what}: there are install, uninstall, pre-commit and pre-push`,
    );
  const { install, uninstall } = await import("../setup/hooks.ts");
  const place = { name: flags.prePush ? "pre-push" : "pre-commit", global: flags.global ?? false } as const;
  const said = what === "install" ? install({ ...place, bundle: process.argv[1]! }) : uninstall(place);
  print(`${unobeyed(plain(said))}\n`);
  return 0;
}

async function look(hook: "pre-commit" | "pre-push", remote: string | undefined, flags: HookFlags): Promise<number> {
  const step: Step = hook === "pre-commit" ? "commit" : "push";
  const prepare = hook === "pre-commit" ? prepareCommit : await push(remote);
  return scanAndReport(
    (lineHashes, signal) => prepare({ ...flags, lineHashes }, signal),
    { ...flags, quiet: true },
    (performed) => advice(step, performed, flags),
  );
}

async function push(remote: string | undefined): Promise<PrepareHook> {
  const named = remote === undefined ? {} : { remote };
  const { prepareFrameworkPush } = await import("../setup/prepare-framework-push.ts");
  if (isFramework) return (request, signal) => prepareFrameworkPush({ ...request, ...named }, signal);
  const { preparePush } = await import("../setup/prepare-push.ts");
  const input = await (await import("./push-refs.ts")).pushInput();
  return (request, signal) => preparePush({ ...request, ...named, input }, signal);
}
