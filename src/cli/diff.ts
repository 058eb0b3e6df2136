import { Command, Option } from "commander";
import { plain, safeJson } from "../report/redact.ts";
import type { Credential } from "../report/sweep-credentials.ts";
import { type Difference, difference } from "../sweep/diff.ts";
import { openExisting } from "../sweep/store/store.ts";
import { EXIT } from "./exit.ts";
import { print } from "./print.ts";
import { unobeyed } from "./terminal.ts";

interface DiffFlags {
  readonly format: "text" | "json";
  readonly failOnNew?: boolean;
}

/** `leakreach diff EARLIER LATER`. */
export function build(): Command {
  return new Command("leakreach diff")
    .description("Says what two sweeps found differently: which credentials are new, gone, and still there.")
    .argument("<earlier>", "the store of a sweep")
    .argument("<later>", "the store of a later one")
    .addOption(new Option("--format <format>", "of standard output").choices(["text", "json"]).default("text"))
    .option("--fail-on-new", "exit 1 if a credential is new")
    .addHelpText("after", "\nExample:\n  leakreach diff acme-august acme-september --fail-on-new")
    .action((earlier: string, later: string, { format, failOnNew }: DiffFlags) => {
      const found = difference(openExisting(earlier), openExisting(later), Date.now() / 1000);
      print(format === "json" ? `${safeJson(found, 2)}\n` : unobeyed(diffText(found)));
      process.exitCode = failOnNew && found.new.length > 0 ? EXIT.findings : EXIT.clean;
    });
}

const HEADINGS: readonly (readonly [keyof Difference, string])[] = [
  ["new", "New"],
  ["gone", "Gone from what was looked through (a clone may have it still: that it is revoked nobody can see)"],
  ["unknown", "Not found, in repositories that were not looked through from end to end"],
  ["still", "Still there"],
];

function diffText(found: Difference): string {
  const parts = HEADINGS.filter(([name]) => found[name].length > 0).map(
    ([name, heading]) => `${heading}: ${found[name].length}\n${found[name].map(line).join("")}`,
  );
  return parts.length > 0 ? parts.join("\n") : "Neither found anything.\n";
}

function line({ level, score, rule, fingerprint, repositories, places: [first] }: Credential): string {
  const where = first ? `${first.repository}  ${first.place.path}:${first.place.line}` : "";
  const more = repositories > 1 ? ` and ${repositories - 1} more` : "";
  return `  ${level.padEnd(8)} ${score.toFixed(1).padStart(4)}  ${plain(rule)}  ${plain(where)}${more}  ${fingerprint}\n`;
}
