import type { Command, Option } from "commander";
import { COMMANDS, commanderOf } from "./commands.ts";

/** What a value or an operand is taken from. */
export type Taken = { readonly kind: "words"; readonly words: readonly string[] } | { readonly kind: "file" | "text" };

/** A flag as a reader or a shell needs it. */
export interface FlagOutline {
  /** As it is written: `--quiet`. */
  readonly name: string;
  readonly help: string;
  /** What stands for its value, and what that may be; a switch has none. */
  readonly value?: { readonly name: string; readonly taken: Taken };
  readonly default?: string;
}

/** A command as a reader or a shell needs it. */
export interface CommandOutline {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  /** What follows the name in its first line of help: `[path...]`. */
  readonly operands: string;
  readonly taken: Taken;
  readonly flags: readonly FlagOutline[];
  /** What help says after the flags: remarks and examples. */
  readonly after: string;
}

/** Every command with its flags, of the table that the command line itself reads. */
export function outlines(): Promise<CommandOutline[]> {
  return Promise.all(
    Object.entries(COMMANDS).map(async ([name, { summary, load }]) => {
      const loaded = await load();
      const words = "spec" in loaded ? loaded.spec.operands?.words : undefined;
      return outlineOf(name, summary, await commanderOf(loaded), words);
    }),
  );
}

function outlineOf(
  name: string,
  summary: string,
  command: Command,
  words: readonly string[] | undefined,
): CommandOutline {
  const [operand] = command.registeredArguments;
  const help: string[] = [];
  command.configureOutput({ writeOut: (text) => help.push(text), getOutHelpWidth: () => 80 });
  const before = command.helpInformation().length;
  command.outputHelp();
  return {
    name,
    summary,
    description: command.description(),
    operands: command
      .usage()
      .replace(/^\[options\] ?/, "")
      .trim(),
    taken: takenOf(operand?.name() ?? "", words ?? operand?.argChoices),
    flags: command.options.filter(({ hidden }) => !hidden).map(flagOf),
    after: help.join("").slice(before).trim(),
  };
}

function flagOf({ long, flags, description, argChoices, negate, ...option }: Option): FlagOutline {
  const value = /<(.*)>/.exec(flags)?.[1];
  const preset = option.defaultValueDescription ?? (negate ? undefined : option.defaultValue);
  return {
    name: long!,
    help: description,
    ...(value !== undefined && { value: { name: value, taken: takenOf(value, argChoices) } }),
    ...((typeof preset === "string" || typeof preset === "number") && { default: String(preset) }),
  };
}

const FILES = /^(?:file|path|repository|\[format=\]file)$/;

const takenOf = (name: string, words: readonly string[] | undefined): Taken =>
  words ? { kind: "words", words } : { kind: FILES.test(name) ? "file" : "text" };
