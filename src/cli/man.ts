import { EXIT } from "./exit.ts";
import type { CommandOutline, FlagOutline } from "./outline.ts";

/** How many commands a flag has to be of so that it is told once, for all of them. */
const COMMON = 4;

const EXITS: Readonly<Record<keyof typeof EXIT, string>> = {
  clean: "nothing at or above --fail-on was found, and everything was read",
  findings: "findings at or above --fail-on that are neither allowed nor known",
  usage: "wrong usage, settings, policy, baseline or state; a path that does not exist",
  incomplete: "no such findings, but something could not be read",
  bug: "a bug of leakreach",
  interrupted: "interrupted; the report is partial and says so",
};

/** The manual page leakreach(1), in the macros of man(7). */
export function manPage(commands: readonly CommandOutline[]): string {
  const uses = new Map<string, number>();
  for (const flag of commands.flatMap(({ flags }) => flags)) uses.set(keyOf(flag), (uses.get(keyOf(flag)) ?? 0) + 1);
  const isCommon = (flag: FlagOutline): boolean => uses.get(keyOf(flag))! >= COMMON;
  const common = new Map(commands.flatMap(({ flags }) => flags.filter(isCommon).map((flag) => [keyOf(flag), flag])));
  return lines(
    ".TH LEAKREACH 1",
    ".SH NAME",
    "leakreach \\- find leaked tokens and say how far each one reaches",
    ".SH SYNOPSIS",
    ...commands.flatMap(({ name, operands }, at) => [
      ...(at > 0 ? [".br"] : []),
      `.B leakreach ${escaped(name)}`,
      escaped(`[options] ${operands}`.trim()),
    ]),
    ".SH DESCRIPTION",
    "Finds leaked tokens in files, git history, commits and CI logs, decodes them offline, and says how far each one",
    "reaches. Scanning opens no socket, and no secret is printed unless",
    `.B ${escaped("--show-secrets")}`,
    "is given.",
    ".SH COMMANDS",
    ...commands.flatMap((command) => commandPart(command, isCommon)),
    ".SH COMMON OPTIONS",
    "Each holds for the commands that name it above.",
    ...[...common.values()].flatMap(flagPart),
    ".SH EXIT STATUS",
    ...Object.entries(EXITS).flatMap(([name, text]) => [".TP", `.B ${EXIT[name as keyof typeof EXIT]}`, escaped(text)]),
    ".SH FILES",
    ".TP",
    `.I ${escaped(".leakreach.yml")}`,
    "settings, at the root of what is scanned",
    ".TP",
    `.I ${escaped(".gitleaksignore")}`,
    "places that are allowed, as gitleaks writes them",
    ".SH ENVIRONMENT",
    ".TP",
    ".B NO_COLOR",
    "no colours",
    ".TP",
    ".B FORCE_COLOR",
    "colours, also where no terminal is",
    ".SH SEE ALSO",
    ".BR git (1)",
  );
}

const keyOf = ({ name, help }: FlagOutline): string => `${name} ${help}`;

function commandPart(command: CommandOutline, isCommon: (flag: FlagOutline) => boolean): string[] {
  const { name, operands, description, flags, after } = command;
  const shared = flags.filter(isCommon).map((flag) => escaped(flag.name));
  return [
    `.SS leakreach ${escaped(`${name} ${operands}`.trim())}`,
    escaped(description),
    ...flags.filter((flag) => !isCommon(flag)).flatMap(flagPart),
    ...(shared.length > 0 ? [".PP", `Common options: ${shared.join(", ")}.`] : []),
    ".PP",
    ".nf",
    ...after.split("\n").map(escaped),
    ".fi",
  ];
}

function flagPart({ name, help, value, default: preset }: FlagOutline): string[] {
  const taken = value?.taken.kind === "words" ? ` One of ${value.taken.words.join(", ")}.` : "";
  const what = `${help}${preset === undefined ? "" : ` (default: ${preset})`}.${taken}`;
  return [".TP", `.BI ${escaped(name)}${value ? ` " ${escaped(value.name)}"` : ""}`, escaped(what)];
}

/** Text that roff takes for nothing but text (groff_char(7): a bare hyphen may become another sign). */
function escaped(text: string): string {
  const plain = text.replaceAll("\\", "\\e").replaceAll("-", "\\-");
  return /^[.']/.test(plain) ? `\\&${plain}` : plain;
}

const lines = (...all: readonly string[]): string => `${all.join("\n")}\n`;
