import { Command } from "commander";
import { COMMANDS, commanderOf } from "./commands.ts";
import { VERSION } from "./version.ts";

const EXAMPLES = `
Examples:
  leakreach scan .                          this repository's files, as text
  leakreach scan . --output leaks.sarif     the same, and SARIF for GitHub beside it
  leakreach scan build.log --fail-on high   one log file
  kubectl logs job/x | leakreach scan -     standard input
  leakreach staged                          what the next commit would add (a pre-commit hook)
  leakreach sweep github:acme               all repositories of an organization
  leakreach hook install                    look before each commit in this repository
  leakreach range origin/main..HEAD         what each commit of a branch adds
  leakreach report a.json b.json --output leaks.html
                                            one page of many JSON reports
  leakreach decode < token.txt              one token, every factor of its score

Exit codes: 0 clean, 1 findings at or above --fail-on, 2 usage or settings, 3 something could not be read, 70 a bug of ours, 130 interrupted.
Scanning opens no socket; sweep and logs fetch what they are asked for. No secret is printed unless --show-secrets is given.`;

/** `leakreach`, `leakreach --help`, `leakreach --version`, and commands nobody knows. Gives the exit code. */
export async function help(args: readonly string[]): Promise<number> {
  const program = new Command("leakreach")
    .description("Finds leaked tokens in repositories, git history and logs, and says how far each one reaches.")
    .version(VERSION)
    .showSuggestionAfterError(true)
    .addHelpText("after", EXAMPLES);
  for (const [name, { summary }] of Object.entries(COMMANDS))
    program.command(name).description(summary).allowUnknownOption().helpOption(false);
  program.exitOverride();
  const wanted =
    args[0] === "help" && args[1] !== undefined && Object.hasOwn(COMMANDS, args[1]) ? COMMANDS[args[1]] : undefined;
  if (wanted) {
    (await commanderOf(await wanted.load())).outputHelp();
    return 0;
  }
  if (args.length === 0) {
    program.outputHelp();
    return 2;
  }
  await program.parseAsync([...args], { from: "user" });
  return 0;
}
