import { Command, Option } from "commander";
import type { Rule } from "../model/index.ts";
import { builtinRules } from "../rules/builtin.ts";
import { print } from "./print.ts";

/** `leakreach rules`. */
export function build(): Command {
  return new Command("leakreach rules")
    .description("Lists every built-in rule: id, name, and what its tokens reach when nothing more is known.")
    .addOption(new Option("--format <format>", "of standard output").choices(["text", "json"]).default("text"))
    .addHelpText("after", "\nExamples:\n  leakreach rules | grep -i slack\n  leakreach rules --format json")
    .action((flags: { format: string }) => {
      const rules = [...builtinRules().values()];
      print(flags.format === "json" ? `${JSON.stringify(rules.map(brief), null, 2)}\n` : table(rules));
    });
}

function brief({ id, provider, name, impact, reach, revoke, references }: Rule): object {
  return { id, provider, name, impact, reach, revoke, references };
}

function table(rules: readonly Rule[]): string {
  const width = Math.max(...rules.map((rule) => rule.id.length));
  const lines = rules.map(
    (rule) =>
      `${rule.id.padEnd(width)}  P${rule.reach.power} ${(rule.reach.breadth ?? "service").padEnd(7)}  ${rule.name}`,
  );
  return `${lines.join("\n")}\n${rules.length} rules; leakreach explain RULE says more\n`;
}
