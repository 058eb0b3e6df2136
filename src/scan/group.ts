import type { Match, Rule } from "../model/index.ts";
import { fingerprint } from "./fingerprint.ts";

/** One credential: a secret under one rule, with every place it stands in. */
export interface Credential {
  readonly rule: Rule;
  readonly fingerprint: string;
  readonly matches: readonly [Match, ...Match[]];
}

/** Detectors that only a name or a header speaks for: the same secret found by two of them is one credential. */
const OPAQUE = new Set(["generic", "password", "bearer"]);

/** Groups matches into credentials, each with its places in order of path and position. */
export function group(matches: readonly Match[], rules: ReadonlyMap<string, Rule>, salt: string | undefined): Credential[] {
  const groups = new Map<string, [Match, ...Match[]]>();
  for (const match of matches) {
    const rule = rules.get(match.rule);
    const kind = OPAQUE.has(rule?.detector ?? "") ? "opaque" : match.rule;
    const key = `${kind}\0${match.secret.reveal()}`;
    const known = groups.get(key);
    if (known) known.push(match);
    else groups.set(key, [match]);
  }
  return [...groups].map(([key, found]) => {
    found.sort(byPlace);
    const rule = rules.get(found[0].rule);
    if (!rule) throw new Error(`a match of an unknown rule: ${found[0].rule}`);
    const kind = key.slice(0, key.indexOf("\0"));
    return { rule, fingerprint: fingerprint(kind, found[0].secret.reveal(), rule.detector === "password", salt), matches: found };
  });
}

/** Places that were demoted last, then by path, then by position. */
function byPlace(a: Match, b: Match): number {
  return (
    Number(a.demoted !== undefined) - Number(b.demoted !== undefined) ||
    compare(a.provenance.path, b.provenance.path) ||
    a.region.line - b.region.line ||
    a.region.column - b.region.column
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
