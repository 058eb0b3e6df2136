import { compare, type Level, type ReachedBoundary, rank } from "../../model/index.ts";
import type { JsonExposure, JsonFinding } from "../json.ts";
import type { RepositoryReport, SweptRepository } from "../repository-report.ts";
import { type Span, spanOf } from "./since.ts";

/** A place of a secret, and the repository that it is in. */
export interface Exposure {
  readonly repository: SweptRepository;
  readonly place: JsonExposure;
}

/** One secret over all repositories and logs. */
export interface Credential extends Span {
  readonly fingerprint: string;
  /** As it was found where it reaches furthest. */
  readonly worst: JsonFinding;
  readonly worstIn: SweptRepository;
  readonly exposures: readonly Exposure[];
  readonly repositories: readonly SweptRepository[];
  /** How many logs it was printed in. */
  readonly logs: number;
  /** `open` unless every repository allows or knows it. */
  readonly status: "open" | "known" | "allowed";
  readonly owners: readonly string[];
  readonly boundaries: readonly ReachedBoundary[];
}

interface Found {
  readonly finding: JsonFinding;
  readonly repository: SweptRepository;
  readonly finishedAt: string;
}

/** Every secret at or above a level once, the worst open one first. */
export function credentialsOf(reports: readonly RepositoryReport[], minLevel: Level = "low"): readonly Credential[] {
  const groups = new Map<string, Found[]>();
  for (const { repository, finishedAt, report } of reports)
    for (const finding of report.findings) {
      const found = { finding, repository, finishedAt };
      const group = groups.get(finding.fingerprint);
      if (group) group.push(found);
      else groups.set(finding.fingerprint, [found]);
    }
  return [...groups.values()]
    .map(credential)
    .filter(({ worst }) => rank(worst.level) >= rank(minLevel))
    .sort(worstFirst);
}

/** Orders credentials: open ones first, then by score, whether HEAD has it, how often it is exposed. */
export function worstFirst(a: Credential, b: Credential): number {
  return (
    Number(b.status === "open") - Number(a.status === "open") ||
    b.worst.score - a.worst.score ||
    Number(b.atHead ?? false) - Number(a.atHead ?? false) ||
    b.repositories.length - a.repositories.length ||
    b.exposures.length - a.exposures.length ||
    compare(a.fingerprint, b.fingerprint)
  );
}

function credential(found: readonly Found[]): Credential {
  const { finding: worst, repository: worstIn } = found.reduce((most, each) =>
    each.finding.score > most.finding.score ? each : most,
  );
  const exposures = found.flatMap(({ finding, repository }) =>
    finding.exposures.map((place) => ({ repository, place })),
  );
  const logs = exposures.flatMap(({ repository, place }) => (place.log ? `${repository.id}\0${place.path}` : []));
  return {
    fingerprint: worst.fingerprint,
    worst,
    worstIn,
    exposures,
    repositories: distinct(found.map(({ repository }) => repository)),
    logs: new Set(logs).size,
    status: statusOf(found.map(({ finding }) => finding)),
    owners: [...new Set(found.flatMap(({ finding }) => finding.owners))],
    boundaries: merged(found.flatMap(({ finding }) => finding.boundaries ?? [])),
    ...spanOf(found),
  };
}

function distinct(repositories: readonly SweptRepository[]): readonly SweptRepository[] {
  return [...new Map(repositories.map((repository) => [repository.id, repository])).values()];
}

function statusOf(findings: readonly JsonFinding[]): Credential["status"] {
  if (findings.some(({ suppression, baseline }) => !suppression && baseline !== "unchanged")) return "open";
  return findings.every(({ suppression }) => suppression) ? "allowed" : "known";
}

/** Each boundary once, with all its audiences; one that a policy maps stands for what is not mapped elsewhere. */
function merged(boundaries: readonly ReachedBoundary[]): readonly ReachedBoundary[] {
  const byName = new Map<string, ReachedBoundary>();
  for (const boundary of boundaries) {
    const before = byName.get(boundary.name);
    const audiences = [...new Set([...(before?.audiences ?? []), ...boundary.audiences])];
    byName.set(boundary.name, { ...(before?.mapped ? before : boundary), audiences });
  }
  return [...byName.values()];
}
