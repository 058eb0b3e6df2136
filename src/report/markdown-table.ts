import { grouped } from "../model/index.ts";
import { repositoriesText } from "./counted.ts";
import type { PageOptions } from "./html/document.ts";
import { placeText, sinceLine } from "./html/finding.ts";
import { namesOf } from "./html/names.ts";
import { amount } from "./html/words.ts";
import { cut, markdown } from "./redact.ts";
import type { RepositoryReport } from "./repository-report.ts";
import { type Credential, credentialsOf } from "./views/credentials.ts";

/** An issue of GitHub or GitLab takes 65,536 characters, of which its reader may want some. */
const MOST = 60_000;
const LONGEST_CELL = 160;

/** A table of the open secrets for an issue or a wiki, the worst first, as many as fit. */
export function* markdownPieces(
  reports: readonly RepositoryReport[],
  { minLevel, rules, version }: PageOptions,
): Generator<string> {
  const open = credentialsOf(reports, minLevel).filter(({ status }) => status === "open");
  const { kind } = namesOf(rules);
  yield `**${amount(open.length, "leaked secret")} in ${amount(reports.length, "repository")}**, the worst first.\n\n`;
  if (open.length > 0)
    yield "| level | score | what | where | since | owner | do first |\n| --- | ---: | --- | --- | --- | --- | --- |\n";
  let written = 0;
  let rows = 0;
  for (const credential of open) {
    const row = rowOf(credential, kind);
    if (written + row.length > MOST) break;
    written += row.length;
    rows++;
    yield row;
  }
  if (rows < open.length)
    yield `\n${grouped(open.length - rows)} more are left out here: an issue holds no more. The HTML and JSON reports have them.\n`;
  const gaps = reports.reduce((sum, { report }) => sum + report.gaps.length, 0);
  const incomplete = reports.filter(({ report }) => !report.stats.complete).length;
  if (incomplete > 0)
    yield `\n**Not everything was read:** ${amount(incomplete, "scan")} incomplete, ${amount(gaps, "gap")}.\n`;
  yield `\nWritten by leakreach ${version}. Whether a token still works was asked of nobody.\n`;
}

function rowOf(credential: Credential, kind: (rule: string) => string): string {
  const { worst, exposures, repositories, owners } = credential;
  const [first] = exposures;
  const more = exposures.length > 1 ? ` and ${amount(exposures.length - 1, "more place")}` : "";
  const others = repositories.length > 1 ? ` in ${repositoriesText(repositories)}` : "";
  const cells = [
    worst.level,
    worst.score.toFixed(1),
    kind(worst.rule),
    first ? `${cut(first.repository.name, 60)}: ${cut(placeText(first.place), 80)}${more}${others}` : "",
    sinceLine(credential),
    owners.join(", "),
    worst.remedies[0]?.action ?? "",
  ];
  return `| ${cells.map((cell) => markdown(cut(cell, LONGEST_CELL))).join(" | ")} |\n`;
}
