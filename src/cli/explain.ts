import { Command, Option } from "commander";
import { nearest } from "../config/nearest.ts";
import { type Rule, ScanError } from "../model/index.ts";
import { builtinRules } from "../rules/builtin.ts";
import { print } from "./print.ts";

/** `leakreach explain RULE`. */
export function build(): Command {
  return new Command("leakreach explain")
    .description("Says what a rule finds, what its tokens reach when nothing more is known, and where to revoke them.")
    .argument("<rule>", "a rule id, such as github-pat; leakreach rules lists them")
    .addOption(new Option("--format <format>", "of standard output").choices(["text", "json"]).default("text"))
    .addHelpText("after", "\nExamples:\n  leakreach explain github-pat\n  leakreach explain jwt --format json")
    .action((id: string, flags: { format: string }) => {
      const rules = builtinRules();
      const rule = rules.get(id.replace(/\/(?:none|low|medium|high|critical)$/, ""));
      if (!rule) throw new ScanError("usage", `there is no rule ${id}${hint(id, [...rules.keys()])}`);
      print(flags.format === "json" ? `${JSON.stringify(rule, null, 2)}\n` : describe(rule));
    });
}

function describe(rule: Rule): string {
  const reach = Object.entries(rule.reach).map(([name, value]) => `${name} ${String(value)}`);
  const lines = [
    `${rule.id}: ${rule.name} (${rule.provider})`,
    "",
    rule.impact,
    "",
    `Found by   ${rule.keywords.join(", ")}`,
    `Pattern    ${rule.detector ? `read by the ${rule.detector} detector (src/detect/)` : rule.pattern}`,
    ...(rule.checksum ? [`Checksum   ${rule.checksum}, checked offline`] : []),
    ...(rule.decoder ? [`Decoded    by the ${rule.decoder} decoder, offline`] : []),
    ...(rule.beside
      ? [
          `Beside     ${rule.beside.required ? "counts only" : rule.reach.possession === "partial" ? "whole" : "surer"} beside its ${rule.beside.what}`,
        ]
      : []),
    ...(rule.pair ? [`Pair       whole with ${rule.pair.rule} within ${rule.pair.lines} lines`] : []),
    `Reach      ${reach.join(", ")}`,
    `Revoke     ${rule.revoke.how}`,
    ...(rule.revoke.url ? [`           ${rule.revoke.url}`] : []),
    ...(rule.revoke.command ? [`           ${rule.revoke.command}`] : []),
    ...rule.references.map((url, i) => `${i === 0 ? "See        " : "           "}${url}`),
    "",
    `Switch it off in .leakreach.yml:  rules: {disable: [${rule.id}]}`,
    `Allow one finding in its line:    leakreach:allow ${rule.id} -- why`,
  ];
  return `${lines.join("\n")}\n`;
}

function hint(id: string, known: readonly string[]): string {
  const near = nearest(id, known);
  return near === undefined ? "; leakreach rules lists them" : `; did you mean ${near}?`;
}
