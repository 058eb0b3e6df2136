import { ScanError } from "../model/index.ts";
import { COMMANDS } from "./commands.ts";
import { EXIT } from "./exit.ts";

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
  const command = (await entry.load()).build();
  command.exitOverride();
  await command.parseAsync([...rest], { from: "user" });
  return exitCode(process.exitCode);
}

const exitCode = (code: typeof process.exitCode): number => (typeof code === "number" ? code : EXIT.clean);

function complain(error: unknown): number {
  if (error instanceof ScanError) {
    process.stderr.write(`leakreach: ${error.message}\n`);
    return EXIT.usage;
  }
  const { code, exitCode: commanderExit } = error as { code?: string; exitCode?: number };
  if (code?.startsWith("commander.")) return commanderExit === 0 ? EXIT.clean : EXIT.usage;
  if (code === "EPIPE") return EXIT.clean;
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`leakreach: this is a bug of ours, please report it (no secret is in this trace):\n${trace}\n`);
  return EXIT.bug;
}
