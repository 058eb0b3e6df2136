import { appendFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { EXIT } from "../cli/exit.ts";
import { writeAtomically } from "../cli/outputs.ts";
import { counts, type Performed, perform } from "../cli/perform.ts";
import { unobeyed } from "../cli/terminal.ts";
import { type Finding, type Match, type Report, ScanError } from "../model/index.ts";
import { listed, toText } from "../report/index.ts";
import { writerOf } from "../report/writer.ts";
import { changesOf, type Trusted } from "../setup/base-settings.ts";
import type { Prepared } from "../setup/prepare.ts";
import type { Source } from "../sources/unit.ts";
import { annotations } from "./annotations.ts";
import { atEndOf } from "./at-end.ts";
import { repositoryAt } from "./bring.ts";
import { masks, setOutputs } from "./commands.ts";
import { deliver } from "./deliver.ts";
import { readEvent } from "./event.ts";
import { ownFolder, sarifPath } from "./files.ts";
import { type Inputs, readInputs } from "./inputs.ts";
import { originOf } from "./remote.ts";
import { summary } from "./summary.ts";
import { type Target, targetOf } from "./target.ts";
import { ownSettings, settingsOfBase } from "./trusted.ts";

/** Runs the action as the environment describes it, and gives the exit code. Nothing is printed before secrets are masked. */
export async function runAction(env: NodeJS.ProcessEnv): Promise<number> {
  const inputs = readInputs(env);
  const event = readEvent(env);
  const workspace = enteredWorkspace(env.GITHUB_WORKSPACE || ".");
  repositoryAt(workspace);
  const folder = ownFolder(env);
  const sarifFile = sarifPath(inputs.sarifFile, workspace, folder);
  const remote = inputs.fetch ? originOf(workspace) : undefined;
  const trusted =
    event.kind === "request"
      ? await settingsOfBase(workspace, inputs, event.base, join(folder, "base"), remote)
      : ownSettings(inputs);
  const target = await targetOf({ workspace, inputs, event, trusted, remote, env });
  const notices = event.kind === "request" ? changesOf(repositoryAt(workspace), event, trusted) : [];
  const performed = await perform(
    (_, signal) => prepared(target, { ...trusted, notices: [...trusted.notices, ...notices] }, signal),
    flagsOf(inputs),
    true,
  );
  return say(performed, { env, inputs, target, workspace, sarifFile, json: join(folder, "leakreach.json") });
}

function enteredWorkspace(path: string): string {
  try {
    const workspace = realpathSync(path);
    process.chdir(workspace);
    return workspace;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ScanError("path-missing", `the workspace ${path} (GITHUB_WORKSPACE) is no folder to be entered: ${code}`);
  }
}

const flagsOf = ({ minLevel, failOn }: Inputs) => ({
  format: "text" as const,
  quiet: true,
  color: false,
  jobs: 0,
  memory: 0,
  ...(minLevel && { minLevel }),
  ...(failOn && { failOn }),
});

/** Adds what this entry has to say to what is scanned. */
async function prepared(target: Target, trusted: Trusted, signal: AbortSignal): Promise<Prepared> {
  const made = await target.prepare(signal);
  const [gaps, notices] = [
    [...trusted.gaps, ...target.gaps],
    [...trusted.notices, ...target.notices],
  ];
  const said: Source = {
    name: "the checkout",
    units: async function* () {
      for (const gap of gaps) yield { type: "gap", gap };
      for (const text of notices) yield { type: "notice", text };
    },
  };
  return {
    ...made,
    sources: [said, ...made.sources],
    options: { ...made.options, ...(target.trusts && { trusts: target.trusts }) },
  };
}

interface Telling {
  readonly env: NodeJS.ProcessEnv;
  readonly inputs: Inputs;
  readonly target: Target;
  readonly workspace: string;
  readonly sarifFile: string;
  readonly json: string;
}

async function say(performed: Performed, telling: Telling): Promise<number> {
  const { report, options, prepared: made } = performed;
  const { env, inputs, target, workspace } = telling;
  if (env.GITHUB_ACTIONS === "true") process.stdout.write(masks(secretsOf(report)));
  const failOn = inputs.failOn ?? made.settings.failOn ?? "medium";
  const atEnd = atEndOf(repositoryAt(workspace), target.end);
  process.stdout.write(unobeyed(toText(report, options)));
  process.stdout.write(annotations(report, options, failOn, atEnd));
  const untrusted = untrustedOf(report, target);
  const page = env.GITHUB_STEP_SUMMARY;
  if (inputs.showSummary && page)
    deliver("the job summary (GITHUB_STEP_SUMMARY)", "warning", () =>
      appendFileSync(page, summary(report, options, { what: target.what, failOn, atEnd, untrusted })),
    );
  const isDelivered = await deliverReports(performed, telling);
  const code = exitOf(performed, failOn);
  return code === EXIT.clean && !isDelivered ? EXIT.usage : code;
}

/** Writes what later steps rely on; tells whether they have all of it. The output of a file that is not there stays empty. */
async function deliverReports({ report, options }: Performed, { env, sarifFile, json }: Telling): Promise<boolean> {
  const [toSarif, toJson] = [await writerOf("sarif"), await writerOf("json")];
  const hasSarif = deliver("the SARIF report", "error", () =>
    writeAtomically(sarifFile, toSarif(report, { ...options, leaveOutSuppressed: true })),
  );
  const hasJson = deliver("the JSON report", "error", () => writeAtomically(json, toJson(report, options)));
  const open = listed(report, "low").filter((finding) => counts(finding, "any"));
  const hasOutputs = deliver("the outputs of this step (GITHUB_OUTPUT)", "error", () =>
    setOutputs(env.GITHUB_OUTPUT, {
      ...(hasSarif && { "sarif-file": sarifFile }),
      ...(hasJson && { "report-json": json }),
      findings: String(open.length),
      worst: open[0]?.reach.level ?? "none",
      incomplete: String(!report.complete),
    }),
  );
  return hasSarif && hasJson && hasOutputs;
}

function exitOf({ report, interrupted }: Performed, failOn: string): number {
  if (interrupted) return EXIT.interrupted;
  if (report.findings.some((finding) => counts(finding, failOn))) return EXIT.findings;
  return report.complete ? EXIT.clean : EXIT.incomplete;
}

/** Everything but samples and placeholders: to hide those would only hide words. */
function secretsOf(report: Report): string[] {
  const real = report.findings.filter(({ reach }) => reach.level !== "none");
  return real.flatMap(({ secret, exposures }) => [secret.reveal(), ...exposures.map((match) => match.secret.reveal())]);
}

/** The comments that would allow a finding if they stood in the base already. */
function untrustedOf(report: Report, { trusts }: Target): Match[] {
  if (!trusts) return [];
  const open = (finding: Finding) => counts(finding, "any");
  return report.findings
    .filter(open)
    .flatMap(({ exposures }) => exposures.filter((match) => match.allow && !trusts(match)));
}
