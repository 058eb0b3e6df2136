import { ScanError } from "../model/index.ts";
import { plain } from "../report/redact.ts";
import { COMMANDS, commanderOf } from "./commands.ts";
import { EXIT } from "./exit.ts";
import { readQuickly } from "./flags.ts";
import { printError } from "./print.ts";
import { unobeyed } from "./terminal.ts";

/** Runs the command line and gives the exit code. Errors are caught here, once: the user's with advice, ours with a trace. */
export async function run(args: readonly string[]): Promise<number> {
  try {
    return await dispatch(args);
  } catch (error) {
    return complain(error);
  }
}

async function dispatch(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  const entry = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!entry) return (await import("./help.ts")).help(args);
  const loaded = await entry.load();
  if ("spec" in loaded) {
    const given = readQuickly(loaded.spec, rest);
    if (given) return loaded.spec.run(given.operands, given.flags);
  }
  const command = await commanderOf(loaded);
  command.exitOverride();
  await command.parseAsync([...rest], { from: "user" });
  return exitCode(process.exitCode);
}

const exitCode = (code: typeof process.exitCode): number => (typeof code === "number" ? code : EXIT.clean);

/** Says what went wrong, and gives the exit code. */
export function complain(error: unknown): number {
  const { code, exitCode: commanderExit, syscall } = error as { code?: string; exitCode?: number; syscall?: string };
  if (code?.startsWith("commander.")) return commanderExit === 0 ? EXIT.clean : EXIT.usage;
  if (error instanceof ScanError) return say(error.message, EXIT.usage);
  if (syscall === "write") return say(`cannot write the output: ${code}`, EXIT.usage);
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return say(`this is a bug of ours, please report it (no secret is in this trace):\n${trace}`, EXIT.bug);
}

/** Names of files and settings stand in messages: what a terminal would obey is escaped. */
function say(message: string, exit: number): number {
  printError(`leakreach: ${unobeyed(message.split("\n").map(plain).join("\n"))}\n`);
  return exit;
}
