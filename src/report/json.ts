import type {
  Fact,
  Factor,
  Finding,
  Gap,
  HistoryFacts,
  LeftArtifacts,
  LogLeft,
  LogPlace,
  Match,
  ReachedBoundary,
  Region,
  Remedy,
  Report,
  Stats,
  Suppression,
} from "../model/index.ts";
import { exposuresOf, listed, placeOf } from "./listing.ts";
import type { ReportOptions } from "./options.ts";
import { safeJson } from "./redact.ts";
import { isoTime } from "./text-log.ts";

/** `$id` of docs/report.schema.json. */
export const REPORT_SCHEMA = "https://leakreach.dev/schema/report.schema.json";

/** A place in JSON. */
export interface JsonExposure extends Region {
  readonly path: string;
  readonly inner?: readonly string[];
  readonly encodings: readonly string[];
  readonly assignedTo?: string;
  /** Of history: the commit that introduced it there, and the object it stands in. */
  readonly commit?: string;
  readonly object?: string;
  readonly submodule?: string;
  /** Of a range: when that commit was made, and what became of it at this path where the range ends. */
  readonly date?: string;
  readonly atEnd?: "stands" | "changed" | "gone";
  readonly log?: JsonLog;
}

/** Where in a CI log something stands. Times are ISO 8601. */
export interface JsonLog extends Omit<LogPlace, "time" | "ended" | "deletion" | "isPublic" | "left"> {
  readonly time?: string;
  readonly ended?: string;
  readonly left?: Omit<LogLeft, "deletion">;
}

/** What a token gives away and how far it reaches: the part that a report and `decode` share. */
type JsonReach = Pick<
  Finding["reach"],
  "level" | "stableLevel" | "score" | "impact" | "reasons" | "breaches" | "references" | "owners"
> & {
  /** Missing in reports of earlier versions. */
  readonly boundaries?: readonly ReachedBoundary[];
  readonly facts: readonly Fact[];
  readonly factors: readonly Factor[];
  readonly remedies: readonly Remedy[];
};

/** A finding in JSON; `secret` is there only with --show-secrets. */
export interface JsonFinding extends JsonReach {
  readonly rule: string;
  readonly fingerprint: string;
  readonly secret?: string;
  readonly exposures: readonly JsonExposure[];
  readonly identity?: string;
  readonly pairedWith: readonly string[];
  readonly suppression?: Suppression;
  readonly history?: HistoryFacts;
  readonly baseline?: "new" | "unchanged";
}

/** The counts of a scan, whether it read everything, and the clock it used. */
export interface JsonStats extends Stats {
  readonly complete: boolean;
  readonly now: string;
}

/** A whole report in JSON, as docs/report.schema.json has it. */
export interface JsonReport {
  readonly schema: string;
  readonly tool: { readonly name: string; readonly version: string };
  readonly findings: readonly JsonFinding[];
  readonly gaps: readonly Gap[];
  readonly stats: JsonStats;
}

/** What `leakreach decode --format json` prints: one token, decoded. */
export type Decoded = Pick<Finding, "rule" | "facts" | "reach"> & { readonly identity?: string };

/** Writes a report as docs/report.schema.json has it. The order of keys, findings and places is stable. */
export function toJson(report: Report, options: ReportOptions): string {
  return [...jsonPieces(report, options)].join("");
}

/** The same as a value. */
export function jsonReport(report: Report, options: ReportOptions): JsonReport {
  return {
    schema: REPORT_SCHEMA,
    tool: { name: "leakreach", version: options.version },
    findings: listed(report, options.minLevel).map((finding) => jsonFinding(finding, options)),
    gaps: report.gaps.map(jsonGap),
    stats: jsonStats(report),
  };
}

/** The same in pieces, one for each finding: all of a large report is more than one string can hold. */
export function* jsonPieces(report: Report, options: ReportOptions): Generator<string> {
  const document = jsonReport({ ...report, findings: [] }, options);
  const empty = '"findings": []';
  const [head, ...tail] = safeJson(document, 2).split(empty);
  yield `${head}"findings": [`;
  let before = "\n    ";
  for (const finding of listed(report, options.minLevel)) {
    yield before + indented(jsonFinding(finding, options));
    before = ",\n    ";
  }
  yield `${before.startsWith(",") ? "\n  " : ""}]${tail.join(empty)}\n`;
}

/** A value as it stands two levels deep. */
function indented(value: object): string {
  return safeJson([[value]], 2).slice("[\n  [\n    ".length, -"\n  ]\n]".length);
}

/** Writes one decoded token as docs/decode.schema.json has it. */
export function toDecodeJson({ rule, facts, reach, identity }: Decoded): string {
  const { level, score, ...rest } = jsonReach(facts, reach);
  return `${safeJson({ rule, level, score, ...rest, ...(identity === undefined ? {} : { identity }) }, 2)}\n`;
}

/** A finding as it stands in JSON reports. */
export function jsonFinding(finding: Finding, options: ReportOptions): JsonFinding {
  const { rule, fingerprint, secret, facts, reach, identity, pairedWith, suppression, history, baseline } = finding;
  const { breaches, references, owners, boundaries = [], ...first } = jsonReach(facts, reach);
  return {
    rule,
    fingerprint,
    ...first,
    ...(options.showSecrets ? { secret: secret.reveal() } : {}),
    exposures: exposuresOf(finding).map(jsonExposure),
    breaches,
    references,
    owners,
    boundaries,
    ...(identity === undefined ? {} : { identity }),
    pairedWith,
    ...(suppression === undefined ? {} : { suppression: jsonSuppression(suppression) }),
    ...(history === undefined ? {} : { history }),
    ...(baseline === undefined ? {} : { baseline }),
  };
}

/** A place as it stands in JSON reports. */
export function jsonExposure(match: Match): JsonExposure {
  const { path, inner, region, commit } = placeOf(match);
  const { line, column, endLine, endColumn } = region;
  const { provenance } = match;
  return {
    path,
    ...(inner.length > 0 ? { inner } : {}),
    line,
    column,
    endLine,
    endColumn,
    encodings: match.encodings,
    ...(match.assignedTo === undefined ? {} : { assignedTo: match.assignedTo }),
    ...(commit === undefined ? {} : { commit }),
    ...(provenance.kind === "history" ? jsonOrigin(provenance) : {}),
    ...(provenance.kind === "log" ? { log: jsonLog(provenance.log) } : {}),
  };
}

function jsonLog({ system, run, job, step, time, exact, ended, maskedAt, page, left }: LogPlace): JsonLog {
  return {
    system,
    ...(run === undefined ? {} : { run }),
    ...(job === undefined ? {} : { job }),
    ...(step === undefined ? {} : { step }),
    ...(time === undefined ? {} : { time: isoTime(time) }),
    ...(exact === undefined ? {} : { exact }),
    ...(ended === undefined ? {} : { ended: isoTime(ended) }),
    ...(maskedAt === undefined ? {} : { maskedAt }),
    ...(page === undefined ? {} : { page }),
    ...(left === undefined ? {} : { left: jsonLeft(left) }),
  };
}

/** What a run left beside its log, as it stands in JSON and SARIF. */
export function jsonLeft({ artifacts, days, until, kept, unknown }: LogLeft): Omit<LogLeft, "deletion"> {
  return {
    ...(artifacts === undefined ? {} : { artifacts: jsonArtifacts(artifacts) }),
    ...(days === undefined ? {} : { days }),
    ...(until === undefined ? {} : { until }),
    ...(kept === undefined ? {} : { kept }),
    ...(unknown === undefined ? {} : { unknown }),
  };
}

function jsonArtifacts({ count, more, names, bytes, expires }: LeftArtifacts): LeftArtifacts {
  return {
    count,
    ...(more === undefined ? {} : { more }),
    names,
    ...(bytes === undefined ? {} : { bytes }),
    ...(expires === undefined ? {} : { expires }),
  };
}

function jsonOrigin({ object, submodule, date, atEnd }: Extract<Match["provenance"], { kind: "history" }>) {
  return {
    object,
    ...(submodule === undefined ? {} : { submodule }),
    ...(date === undefined ? {} : { date }),
    ...(atEnd === undefined ? {} : { atEnd }),
  };
}

/** A gap as it stands in JSON reports. */
export function jsonGap({ what, why }: Gap): Gap {
  return { what, why };
}

/** The counts as they stand in JSON reports. */
export function jsonStats({ stats, complete, now }: Report): JsonStats {
  const {
    rules,
    files,
    blobs,
    bytes,
    archives,
    candidates,
    matches,
    skipped,
    suppressed,
    none,
    earlier,
    notices,
    milliseconds,
  } = stats;
  return {
    rules,
    files,
    blobs,
    bytes,
    archives,
    candidates,
    matches,
    skipped,
    suppressed,
    none,
    ...(earlier ? { earlier } : {}),
    notices,
    milliseconds,
    complete,
    now,
  };
}

// Each object is built field by field, so that nothing a later type carries slips into a published shape.
function jsonReach(facts: readonly Fact[], reach: Finding["reach"]): JsonReach {
  return {
    level: reach.level,
    stableLevel: reach.stableLevel,
    score: reach.score,
    impact: reach.impact,
    facts: facts.map(({ name, value, basis }) => ({ name, value, basis })),
    factors: reach.factors.map(({ name, value, weight, reason }) => ({ name, value, weight, reason })),
    reasons: reach.reasons,
    remedies: reach.remedies.map(jsonRemedy),
    breaches: reach.breaches,
    references: reach.references.map(({ id, title, url }) => ({ id, title, ...(url === undefined ? {} : { url }) })),
    owners: reach.owners,
    boundaries: reach.boundaries.map(jsonBoundary),
  };
}

function jsonBoundary({ name, audiences, owner, sensitivity, mapped }: ReachedBoundary): ReachedBoundary {
  return {
    name,
    audiences,
    ...(owner === undefined ? {} : { owner }),
    ...(sensitivity === undefined ? {} : { sensitivity }),
    mapped,
  };
}

function jsonRemedy({ action, where, command, owner }: Remedy): Remedy {
  return {
    action,
    ...(where === undefined ? {} : { where }),
    ...(command === undefined ? {} : { command }),
    ...(owner === undefined ? {} : { owner }),
  };
}

function jsonSuppression({ by, reason, until }: Suppression): Suppression {
  return { by, ...(reason === undefined ? {} : { reason }), ...(until === undefined ? {} : { until }) };
}
