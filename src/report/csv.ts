import type { Rule } from "../model/index.ts";
import type { PageOptions } from "./html/document.ts";
import { namesOf } from "./html/names.ts";
import { cut, plain } from "./redact.ts";
import type { RepositoryReport } from "./repository-report.ts";
import { type Credential, credentialsOf, type Exposure } from "./views/credentials.ts";

type Options = Pick<PageOptions, "minLevel" | "rules">;

/** Excel cuts a cell off at 32,767 characters. */
const LONGEST = 8000;

const COLUMNS = [
  "level",
  "score",
  "status",
  "rule",
  "name",
  "provider",
  "fingerprint",
  "repository",
  "path",
  "line",
  "column",
  "commit",
  "log",
  "first_seen",
  "last_seen",
  "at_head",
  "identity",
  "boundaries",
  "owners",
  "why",
  "what_to_do",
] as const;

/** One row for each place of each secret (RFC 4180), the worst secret first. */
export function* csvPieces(reports: readonly RepositoryReport[], { minLevel, rules }: Options): Generator<string> {
  yield row(COLUMNS);
  for (const credential of credentialsOf(reports, minLevel))
    for (const exposure of credential.exposures) yield row(cells(credential, exposure, rules));
}

function cells(credential: Credential, { repository, place }: Exposure, rules: ReadonlyMap<string, Rule>) {
  const { worst, status, fingerprint, first, last, atHead, boundaries, owners } = credential;
  const { kind, provider } = namesOf(rules);
  const { path, inner = [], line, column, commit, log } = place;
  return [
    worst.level,
    worst.score,
    status,
    worst.rule,
    kind(worst.rule),
    provider(worst.rule),
    fingerprint,
    repository.name,
    [path, ...inner].join("!/"),
    line,
    column,
    commit,
    log && [log.system, log.run, log.job, log.step, log.time].filter(Boolean).join(" / "),
    first,
    last,
    atHead === undefined ? undefined : atHead ? "yes" : "no",
    worst.identity,
    boundaries.map(({ name }) => name).join("; "),
    owners.join("; "),
    worst.reasons.join("; "),
    worst.remedies[0]?.action,
  ];
}

function row(values: readonly (string | number | undefined)[]): string {
  return `${values.map(cell).join(",")}\r\n`;
}

/** Quoted where RFC 4180 wants it. What a spreadsheet would take for a formula begins with an apostrophe (OWASP, CSV injection). */
function cell(value: string | number | undefined): string {
  const text = cut(plain(String(value ?? "")), LONGEST);
  const harmless = /^[\s]*[=+\-@|%＝＋－＠]/.test(text) ? `'${text}` : text;
  return /[",\r\n;]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
