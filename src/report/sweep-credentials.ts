import { compare, type Level, rank } from "../model/index.ts";
import type { JsonExposure, JsonFinding } from "./json.ts";
import type { RepositoryReport } from "./repository-report.ts";
import type { SweepReport, TriageMark } from "./sweep-report.ts";

/** Where in which repository a credential stands. */
export interface CredentialPlace {
  readonly repository: string;
  readonly place: JsonExposure;
  readonly atHead: boolean | undefined;
}

/** One secret with all repositories it stands in: the worst of what is said of it anywhere. */
export interface Credential {
  readonly fingerprint: string;
  readonly rule: string;
  readonly level: Level;
  readonly score: number;
  readonly identity?: string;
  readonly owners: readonly string[];
  readonly remedy?: JsonFinding["remedies"][number];
  /** When a sweep first found it anywhere, ISO 8601. */
  readonly firstSeen?: string;
  readonly repositories: number;
  /** In all repositories together. */
  readonly exposures: number;
  /** The first place in each of some repositories. */
  readonly places: readonly CredentialPlace[];
  readonly mark?: TriageMark;
}

/** As many repositories of one credential are named. */
const MOST_PLACES = 5;

/** The open findings of a sweep, one for each secret, the worst first. What repositories allow is left out. */
export function credentialsOf({ repositories, triage }: Pick<SweepReport, "repositories" | "triage">): Credential[] {
  const all = new Map<string, Credential>();
  for (const report of repositories())
    for (const finding of report.report.findings)
      if (finding.suppression === undefined)
        all.set(finding.fingerprint, joined(all.get(finding.fingerprint), finding, report));
  return [...all.values()]
    .map((one) => withMark(one, triage.get(one.fingerprint)))
    .sort((a, b) => b.score - a.score || b.repositories - a.repositories || compare(a.fingerprint, b.fingerprint));
}

const withMark = (one: Credential, mark: TriageMark | undefined): Credential => (mark ? { ...one, mark } : one);

function joined(
  known: Credential | undefined,
  finding: JsonFinding,
  { repository, firstSeen = {} }: RepositoryReport,
): Credential {
  const { fingerprint, rule, level, score, identity, owners, remedies, exposures, history } = finding;
  const worse = known === undefined || score > known.score;
  const seen = earliest(known?.firstSeen, firstSeen[fingerprint]);
  const places = known?.places ?? [];
  const first = { repository: repository.name, place: exposures[0]!, atHead: history?.atHead };
  return {
    ...(worse ? { fingerprint, rule, level, score, owners } : known),
    ...(worse && identity !== undefined && { identity }),
    ...(worse && remedies[0] && { remedy: remedies[0] }),
    ...(seen !== undefined && { firstSeen: seen }),
    repositories: (known?.repositories ?? 0) + 1,
    exposures: (known?.exposures ?? 0) + exposures.length,
    places: places.length < MOST_PLACES ? [...places, first] : places,
  };
}

const earliest = (a: string | undefined, b: string | undefined): string | undefined =>
  a === undefined || (b !== undefined && b < a) ? b : a;

/** Whether nobody has decided about it. */
export const isOpen = ({ mark }: Credential): boolean => mark === undefined;

/** Whether it reaches as far as a level. */
export const isAtLeast = ({ level }: Credential, least: Level): boolean => rank(level) >= rank(least);
