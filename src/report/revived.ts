import {
  type BlobId,
  type Finding,
  type Match,
  type Provenance,
  type Report,
  type RuleId,
  Secret,
} from "../model/index.ts";
import type { JsonExposure, JsonFinding } from "./json.ts";
import type { RepositoryReport } from "./repository-report.ts";

/** Stands for the secret that no report has: nothing of it is public, so nothing of it is shown. */
const NO_SECRET = new Secret("");

/** A report as a scan gave it, as far as its JSON tells: what writes scans can then write it. */
export function revived({ repository, report: { findings, gaps, stats } }: RepositoryReport): Report {
  const { complete, now, ...counts } = stats;
  return { findings: findings.map(finding), gaps, stats: counts, complete, now, root: repository.name };
}

function finding(json: JsonFinding): Finding {
  const {
    rule,
    fingerprint,
    facts,
    identity,
    pairedWith,
    suppression,
    history,
    baseline,
    exposures,
    secret: _,
    ...reach
  } = json;
  const before = new Map<string, number>();
  const [first, ...others] = exposures.map((place) => {
    const number = (before.get(place.path) ?? 0) + 1;
    before.set(place.path, number);
    return match(place, json, number);
  });
  if (!first) throw new Error("a finding without a place");
  return {
    rule: rule as RuleId,
    fingerprint,
    secret: NO_SECRET,
    exposures: [first, ...others],
    facts,
    reach: { ...reach, boundaries: reach.boundaries ?? [] },
    pairedWith,
    ...(identity !== undefined && { identity }),
    ...(suppression && { suppression }),
    ...(history && { history }),
    ...(baseline && { baseline }),
  };
}

/**
 * A place, and its number among those of its file. A report holds no hash of the line, by which short passwords could be
 * guessed; the fingerprint, which is dear to try, tells GitHub the place as well.
 */
function match(place: JsonExposure, { rule, fingerprint }: JsonFinding, number: number): Match {
  const { line, column, endLine, endColumn, encodings, assignedTo, path } = place;
  return {
    rule: rule as RuleId,
    secret: NO_SECRET,
    provenance: provenanceOf(place),
    blob: path as BlobId,
    span: { start: 0, end: 0 },
    region: { line, column, endLine, endColumn },
    checksum: "none",
    encodings,
    parts: {},
    lineHash: `${fingerprint.replace(/^lr\d+:/, "").slice(0, 16)}:${number}`,
    ...(assignedTo !== undefined && { assignedTo }),
  };
}

function provenanceOf({ path, inner, log, object, commit, date, atEnd }: JsonExposure): Provenance {
  const where = { path, ...(inner && { inner }) };
  if (log) {
    const { time, ended, ...rest } = log;
    const epoch = (text: string) => Date.parse(text) / 1000;
    return {
      kind: "log",
      ...where,
      log: {
        ...rest,
        ...(time !== undefined && { time: epoch(time) }),
        ...(ended !== undefined && { ended: epoch(ended) }),
      },
    };
  }
  if (object === undefined) return { kind: "file", ...where };
  return {
    kind: "history",
    ...where,
    object,
    stored: "blob",
    ...(commit !== undefined && { commit }),
    ...(date !== undefined && { date }),
    ...(atEnd && { atEnd }),
  };
}
