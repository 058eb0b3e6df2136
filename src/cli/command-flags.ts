import { Argument, Command, InvalidArgumentError, Option } from "commander";
import { type CommandSpec, type Flag, Unusable } from "./flags.ts";
import {
  JUDGEMENT_FLAGS,
  KNOWLEDGE_FLAGS,
  MACHINE_FLAGS,
  REPORT_FLAGS,
  SOURCE_FLAGS,
  VERSION_FLAGS,
} from "./scan-options.ts";

/** A command as commander has it: for help, and for whatever is wrong with a command line. */
export function commandOf<Flags extends object>(spec: CommandSpec<Flags>): Command {
  const command = new Command(spec.name).description(spec.description).addHelpText("after", spec.after);
  if (spec.operands) command.addArgument(argumentOf(spec.operands));
  addFlags(command, spec.flags);
  return command.action(async (...given: unknown[]) => {
    const operands = spec.operands ? [given[0] as string | string[]].flat() : [];
    process.exitCode = await spec.run(operands, given[spec.operands ? 1 : 0] as Flags);
  });
}

/** What is scanned. */
export const addSourceFlags = (command: Command): Command => addFlags(command, SOURCE_FLAGS);

/** How findings are judged. */
export const addJudgementFlags = (command: Command): Command => addFlags(command, JUDGEMENT_FLAGS);

/** What is known of audiences, keys and time. */
export const addKnowledgeFlags = (command: Command): Command => addFlags(command, KNOWLEDGE_FLAGS);

/** What is printed, and when the exit code says no. */
export const addReportFlags = (command: Command): Command => addFlags(command, REPORT_FLAGS);

/** What it may use. */
export const addMachineFlags = (command: Command): Command => addFlags(command, MACHINE_FLAGS);

/** How long a version may take. */
export const addVersionFlags = (command: Command): Command => addFlags(command, VERSION_FLAGS);

function argumentOf({ name, help, default: preset }: NonNullable<CommandSpec<never>["operands"]>): Argument {
  const argument = new Argument(name, help);
  return preset ? argument.default([...preset]) : argument;
}

/** Flags of one command alone. */
export function addFlags(command: Command, flags: readonly Flag[]): Command {
  for (const flag of flags) command.addOption(optionOf(flag));
  return command;
}

function optionOf({ name, value, help, choices, read, default: preset, defaultSaid }: Flag): Option {
  const option = new Option(value ? `${name} <${value}>` : name, help);
  if (preset !== undefined) option.default(preset, defaultSaid);
  if (choices) option.choices(choices);
  const parse = read && parsed(read);
  if (parse) option.argParser((text, before: unknown) => parse(text, before === preset ? undefined : before));
  return option;
}

/** A reader of a flag's value as commander wants it. */
export function parsed<T>(read: (text: string, before: unknown) => T): (text: string, before: unknown) => T {
  return (text, before) => {
    try {
      return read(text, before);
    } catch (error) {
      throw error instanceof Unusable ? new InvalidArgumentError(error.message) : error;
    }
  };
}
