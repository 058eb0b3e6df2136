import { LEVELS, LOG_SYSTEMS, type RuleId } from "../../model/index.ts";
import { type JsonFinding, type JsonReport, REPORT_SCHEMA } from "../json.ts";
import type { RepositoryReport, SweptRepository } from "../repository-report.ts";
import { TRIAGE_STATUSES, type TriageMark } from "../sweep-report.ts";
import { counts, flag, list, matching, maybe, number, oneOf, record, type Shape, some, text, time } from "./shape.ts";

const level = oneOf(...LEVELS);

const log = record({
  system: oneOf(...LOG_SYSTEMS),
  run: maybe(text),
  job: maybe(text),
  step: maybe(text),
  time: maybe(time),
  exact: maybe((value, at) => flag(value, at) as true),
  ended: maybe(time),
  maskedAt: maybe(number),
  page: maybe(text),
  left: maybe(
    record({
      artifacts: maybe(
        record({
          count: number,
          more: maybe((value, at) => flag(value, at) as true),
          names: list(text),
          bytes: maybe(number),
          expires: maybe(text),
        }),
      ),
      days: maybe(number),
      until: maybe(text),
      kept: maybe((value, at) => flag(value, at) as true),
      unknown: maybe(list(text)),
    }),
  ),
});

const exposure = record({
  path: text,
  inner: maybe(list(text)),
  line: number,
  column: number,
  endLine: number,
  endColumn: number,
  encodings: list(text),
  assignedTo: maybe(text),
  commit: maybe(text),
  object: maybe(text),
  submodule: maybe(text),
  date: maybe(text),
  atEnd: maybe(oneOf("stands", "changed", "gone")),
  log: maybe(log),
});

const commits = record({
  count: number,
  commits: list(record({ id: text, date: maybe(time), author: maybe(text) })),
});
const names = record({ count: number, names: list(text) });

const history = record({
  versions: number,
  paths: number,
  introduced: commits,
  removed: commits,
  atHead: flag,
  end: maybe(text),
  reach: oneOf("ref", "stash", "logged", "unreachable", "unknown"),
  refs: names,
  inHistoryOf: names,
  exposedSeconds: maybe(number),
});

const boundary = record({
  name: text,
  audiences: list(text),
  owner: maybe(text),
  sensitivity: maybe(oneOf("public", "internal", "confidential", "regulated")),
  mapped: flag,
});

const FACTORS = [
  "power",
  "breadth",
  "reach",
  "data",
  "life",
  "refresh",
  "possession",
  "environment",
  "certainty",
  "exposure",
  "publicByDesign",
] as const;

const fingerprint = matching(/^lr\d+:[0-9a-f]{32}$/, "fingerprint");

/** A finding of docs/report.schema.json, its fields in the order in which they are written. A secret, which --show-secrets may have put there, is left out. */
const finding: Shape<JsonFinding> = record({
  rule: (value, at) => text(value, at) as RuleId,
  fingerprint,
  level,
  stableLevel: level,
  score: number,
  impact: number,
  facts: list(record({ name: text, value: text, basis: oneOf("proved", "claimed") })),
  factors: list(record({ name: oneOf(...FACTORS), value: text, weight: anyNumber, reason: text })),
  reasons: list(text),
  remedies: list(record({ action: text, where: maybe(text), command: maybe(text), owner: maybe(text) })),
  exposures: some(exposure),
  breaches: list(text),
  references: list(record({ id: text, title: text, url: maybe(text) })),
  owners: list(text),
  boundaries: maybe(list(boundary)),
  identity: maybe(text),
  pairedWith: list(text),
  suppression: maybe(record({ by: text, reason: maybe(text), until: maybe(text) })),
  history: maybe(history),
  baseline: maybe(oneOf("new", "unchanged")),
});

/** Weights of a score may be below 0. */
function anyNumber(value: unknown, at: string): number {
  return typeof value === "number" && value < 0 ? -number(-value, at) : number(value, at);
}

/** What could not be read. */
export const gap = record({ what: text, why: text });

/** A report of docs/report.schema.json; fields that it does not know are left out. */
export const report: Shape<JsonReport> = record({
  schema: oneOf(REPORT_SCHEMA),
  tool: record({ name: text, version: text }),
  findings: list(finding),
  gaps: list(gap),
  stats: record({
    rules: number,
    files: number,
    blobs: number,
    bytes: number,
    archives: number,
    candidates: number,
    matches: number,
    skipped: counts(number),
    suppressed: counts(number),
    none: number,
    earlier: maybe(record({ none: number, low: number, medium: number, high: number, critical: number })),
    notices: list(text),
    milliseconds: number,
    complete: flag,
    now: time,
  }),
});

/** A repository of a sweep. */
export const sweptRepository: Shape<SweptRepository> = record({
  id: text,
  name: text,
  url: maybe(text),
  visibility: maybe(oneOf("public", "internal", "private")),
  archived: maybe(flag),
  fork: maybe(flag),
});

/** What a store keeps of a repository, or a worker returns. */
export const repositoryReport: Shape<RepositoryReport> = record({
  repository: sweptRepository,
  finishedAt: time,
  report,
});

/** What was decided of a credential, as a sweep's report has it. */
const triageMark: Shape<TriageMark> = record({
  fingerprint: text,
  status: oneOf(...TRIAGE_STATUSES),
  on: maybe(text),
  expires: maybe(text),
  reason: text,
  by: maybe(text),
  at: text,
});

/** A report of docs/sweep.schema.json, as far as pages are made of it. */
export const sweepReport = record({ gaps: list(gap), triage: list(triageMark), repositories: list(repositoryReport) });
