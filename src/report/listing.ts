import {
  compare,
  type Finding,
  type Level,
  type Match,
  type Provenance,
  type Region,
  type Report,
  rank,
  toldName,
} from "../model/index.ts";

/** Where an exposure stands: a file, or a file inside an archive, and the region in it. */
export interface Place {
  readonly path: string;
  /** Path inside the archive, one entry for each archive in an archive. */
  readonly inner: readonly string[];
  readonly region: Region;
  /** Of history: the commit that introduced it there. */
  readonly commit?: string;
}

/** The findings at or above a level, worst first; equal scores in the order of their fingerprints. */
export function listed(report: Report, minLevel: Level): readonly Finding[] {
  return report.findings
    .filter((finding) => rank(finding.reach.level) >= rank(minLevel))
    .sort((a, b) => b.reach.score - a.reach.score || compare(a.fingerprint, b.fingerprint));
}

/** The place of a match. A file may be called by the secret in it, as that of a step in an archive of logs: such a name is not told. */
export function placeOf(match: Match): Place {
  const { path, inner, ...rest } = fileOf(match.provenance);
  const told = (name: string): string => toldName(match, name);
  return { ...rest, path: told(path), inner: inner.map(told), region: match.region };
}

function fileOf(provenance: Provenance): Omit<Place, "region"> {
  switch (provenance.kind) {
    case "file":
      return { path: provenance.path, inner: provenance.inner ?? [] };
    case "stdin":
      return { path: provenance.path || "stdin", inner: provenance.inner ?? [] };
    case "log":
      return { path: provenance.path, inner: provenance.inner ?? [] };
    case "history":
      return {
        path: provenance.path,
        inner: provenance.inner ?? [],
        ...(provenance.commit && { commit: provenance.commit }),
      };
  }
}

/** The exposures of a finding, one for each place: files before what is inside archives, then by path and region. */
export function exposuresOf(finding: Finding): readonly [Match, ...Match[]] {
  const keyed = finding.exposures.map((match) => ({ match, place: placeOf(match) }));
  keyed.sort((a, b) => comparePlaces(a.place, b.place));
  const kept = keyed.filter(({ place }, at) => at === 0 || comparePlaces(place, keyed[at - 1]!.place) !== 0);
  return kept.map(({ match }) => match) as [Match, ...Match[]];
}

function comparePlaces(a: Place, b: Place): number {
  return (
    a.inner.length - b.inner.length ||
    compare(a.path, b.path) ||
    compare(a.inner.join("\0"), b.inner.join("\0")) ||
    a.region.line - b.region.line ||
    a.region.column - b.region.column ||
    a.region.endLine - b.region.endLine ||
    a.region.endColumn - b.region.endColumn
  );
}

/** The value of one factor of a finding's score. */
export function factorOf(finding: Finding, name: Finding["reach"]["factors"][number]["name"]): string | undefined {
  return finding.reach.factors.find((factor) => factor.name === name)?.value;
}
