import { Command, InvalidArgumentError, Option } from "commander";
import { baselineText } from "../config/baseline.ts";
import { ScanError } from "../model/index.ts";
import { plain } from "../report/redact.ts";
import { TRIAGE_STATUSES, type TriageMark } from "../report/sweep-report.ts";
import { openExisting, type Store } from "../sweep/store/store.ts";
import { decide, decisions } from "../sweep/store/triage.ts";
import { EXIT } from "./exit.ts";
import { parseOutputs, writeAtomically } from "./outputs.ts";
import { print } from "./print.ts";
import { unobeyed } from "./terminal.ts";
import { VERSION } from "./version.ts";

interface TriageFlags {
  readonly store: string;
  readonly status?: TriageMark["status"] | "open";
  readonly on?: string;
  readonly expires?: string;
  readonly reason?: string;
  readonly by?: string;
  readonly baseline?: string;
}

/** `leakreach triage [FINGERPRINT...]`. */
export function build(): Command {
  return new Command("leakreach triage")
    .description("Records what was decided about credentials that a sweep found, or lists what was.")
    .argument("[fingerprint...]", "as reports name them: lr1: and 32 digits")
    .option("--store <folder>", "the store of the sweep", "leakreach-store")
    .addOption(
      new Option("--status <status>", "what was decided; open takes a decision back").choices([
        ...TRIAGE_STATUSES,
        "open",
      ]),
    )
    .option("--on <date>", "the day of the revocation, or from which it was accepted", day)
    .option("--expires <date>", "the last day on which the decision holds", day)
    .option("--reason <text>", "why")
    .option("--by <name>", "who decided")
    .option("--baseline <file>", "write what was decided as a baseline, for leakreach scan --baseline")
    .addHelpText("after", AFTER)
    .action((fingerprints: string[], flags: TriageFlags) => {
      const store = openExisting(flags.store);
      if (fingerprints.length > 0) record(store, fingerprints, flags);
      else if (flags.status !== undefined)
        throw new ScanError("usage", "--status is of which finding? Give its fingerprint");
      const marks = decisions(store, Date.now() / 1000);
      if (flags.baseline !== undefined) writeBaseline(store, marks, flags.baseline);
      else if (fingerprints.length === 0) list(marks);
      process.exitCode = EXIT.clean;
    });
}

const AFTER = `
Examples:
  leakreach triage lr1:… --status revoked --on 2026-09-01 --reason "rotated, ticket 1234" --by alice
  leakreach triage lr1:… --status accepted --expires 2026-12-31 --reason "sandbox, closed in December"
  leakreach triage --baseline known.json`;

function day(text: string): string {
  const date = new Date(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text)
    throw new InvalidArgumentError("It must be a day such as 2026-09-01.");
  return text;
}

function record(store: Store, fingerprints: readonly string[], flags: TriageFlags): void {
  const { status, on, expires, reason, by } = flags;
  if (!status) throw new ScanError("usage", "what was decided? Give --status");
  if (!reason && status !== "open") throw new ScanError("usage", "a decision needs its --reason: somebody will ask");
  const found = new Set<string>();
  for (const { report } of store.all()) for (const { fingerprint } of report.findings) found.add(fingerprint);
  const unknown = fingerprints.find((fingerprint) => !found.has(fingerprint));
  if (unknown !== undefined) throw new ScanError("usage", `${unknown} is no finding of ${flags.store}`);
  const given = { status, ...(on && { on }), ...(expires && { expires }), reason: reason ?? "", ...(by && { by }) };
  for (const fingerprint of fingerprints) decide(store, { fingerprint, ...given, at: new Date().toISOString() });
}

function list(marks: ReadonlyMap<string, TriageMark>): void {
  if (marks.size === 0) print("Nothing was decided.\n");
  for (const { fingerprint, status, on, expires, reason, by } of marks.values()) {
    const when = [on && `on ${on}`, expires && `until ${expires}`, by && `by ${by}`].filter(Boolean).join(", ");
    print(unobeyed(`${fingerprint}  ${status}${when ? ` ${plain(when)}` : ""}: ${plain(reason)}\n`));
  }
}

function writeBaseline(store: Store, marks: ReadonlyMap<string, TriageMark>, file: string): void {
  const [output] = parseOutputs([`json=${file}`]);
  const entries = new Map<string, { readonly rule: string; readonly paths: Set<string> }>();
  for (const { repository, report } of store.all())
    for (const { fingerprint, rule, exposures } of report.findings) {
      if (!marks.has(fingerprint)) continue;
      const entry = entries.get(fingerprint) ?? { rule, paths: new Set<string>() };
      for (const { path } of exposures) entry.paths.add(`${repository.name}/${path}`);
      entries.set(fingerprint, entry);
    }
  const all = [...entries].map(([fingerprint, { rule, paths }]) => ({ fingerprint, rule, paths: [...paths].sort() }));
  writeAtomically(output!.file, [baselineText(all, VERSION, new Date().toISOString())]);
  print(`${all.length} ${all.length === 1 ? "decision" : "decisions"} written to ${plain(file)}\n`);
}
