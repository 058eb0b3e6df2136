import { type Finding, grouped } from "../model/index.ts";
import { exposuresOf, placeOf } from "../report/listing.ts";
import { plain } from "../report/redact.ts";
import { EXIT } from "./exit.ts";
import { counts, exitOf, failOnOf, type Performed } from "./perform.ts";
import type { ReportFlags } from "./scan-options.ts";

/** What a hook stands before. */
export type Step = "commit" | "push";

const MOST = 5;

/** What follows the report of a hook: that git was stopped, and every way on. Empty if there is nothing to say. */
export function advice(step: Step, performed: Performed, flags: ReportFlags): string {
  const { report, prepared } = performed;
  const code = exitOf(performed, flags);
  if (code === EXIT.clean) return passed(step, performed, flags);
  const stopping = report.findings.filter((finding) => counts(finding, failOnOf(prepared, flags)));
  const lines = [
    `STOPPED: ${step === "commit" ? "nothing was committed" : "nothing was pushed"}.`,
    ...(stopping.length > 0 ? ["", ...ways(step, stopping)] : []),
    ...(report.complete
      ? []
      : [
          "",
          "Not everything was read. What cannot be mended is accepted in .leakreach.yml, under gaps:",
          ...gapLine(performed),
        ]),
    "",
    `Without looking, once: git ${step} --no-verify`,
  ];
  return `\n${lines.join("\n")}\n`;
}

/** What was let through is said in a line, since nothing else of the report is. */
function passed(step: Step, { report, options }: Performed, { quiet }: ReportFlags): string {
  const small = report.findings.filter((finding) =>
    counts(finding, options.minLevel === "none" ? "low" : options.minLevel),
  );
  if (quiet || small.length === 0) return "";
  const what = small.length === 1 ? "1 leaked secret" : `${grouped(small.length)} leaked secrets`;
  return `leakreach: ${what} below --fail-on in this ${step}, let through. To see: leakreach ${step === "commit" ? "staged" : "range @{upstream}.."}\n`;
}

function ways(step: Step, findings: readonly Finding[]): string[] {
  const shown = findings.slice(0, MOST);
  const left = findings.length - shown.length;
  const them = findings.length === 1 ? "it" : "them";
  const takeOut =
    step === "commit"
      ? `Take ${them} out of the file, git add the file, and commit again.`
      : `A commit that takes ${them} out is not enough, as the one before is pushed, too: git rebase -i, and edit that one.`;
  return [
    takeOut,
    `What others may have seen already has to be revoked: see "Do now".`,
    "",
    `To allow ${them}, in .leakreach.yml under allow:`,
    ...shown.map(({ fingerprint, rule }) => `  - { fingerprint: "${fingerprint}", reason: "WHY" } # ${plain(rule)}`),
    ...(step === "commit" ? ["or in a comment in the line:", ...shown.map(commentLine)] : []),
    ...(left > 0 ? [`and ${left} more: their ids are in the report.`] : []),
  ];
}

function commentLine(finding: Finding): string {
  const [first, ...others] = exposuresOf(finding);
  const { path, inner, region } = placeOf(first);
  const more = others.length === 0 ? "" : `, and in ${grouped(others.length)} more: all are to be allowed`;
  return `  leakreach:allow ${plain(finding.rule)} -- WHY    (${plain([path, ...inner].join("!/"))}:${region.line}${more})`;
}

const gapLine = ({ report }: Performed): string[] =>
  report.gaps.slice(0, MOST).map(({ what }) => `  - { what: ${JSON.stringify(plain(what))}, reason: "WHY" }`);
