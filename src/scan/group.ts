import { compare, type Match, type Rule } from "../model/index.ts";
import { fingerprint, type Origin } from "./fingerprint.ts";
import { plainSpelling } from "./spelling.ts";

/** One credential: a secret under one rule, with every place it stands in. */
export interface Credential {
  readonly rule: Rule;
  readonly fingerprint: string;
  readonly matches: readonly [Match, ...Match[]];
}

/** Detectors that only a name or a header speaks for: the same secret found by two of them is one credential. */
const OPAQUE = new Set(["generic", "password", "table", "bearer"]);

/** Groups matches into credentials, each with its places in order of path and position. */
export async function group(
  matches: readonly Match[],
  rules: ReadonlyMap<string, Rule>,
  salt: string | undefined,
): Promise<Credential[]> {
  const groups = new Map<string, { kind: string; matches: [Match, ...Match[]] }>();
  for (const match of matches) {
    const rule = rules.get(match.rule);
    if (!rule) throw new Error(`a match of an unknown rule: ${match.rule}`);
    const kind = OPAQUE.has(rule.detector ?? "") ? "opaque" : match.rule;
    const key = `${kind}\0${plainSpelling(match.secret.reveal())}`;
    const known = groups.get(key);
    if (known) known.matches.push(match);
    else groups.set(key, { kind, matches: [match] });
  }
  foldOpaque(groups);
  return Promise.all(
    [...groups.values()].map(async ({ kind, matches: found }) => {
      // A rule that says whose it is speaks before one that only knows its name.
      found.sort((a, b) => Number(isOpaque(a, kind)) - Number(isOpaque(b, kind)) || byPlace(a, b));
      const rule = rules.get(found[0].rule)!;
      return {
        rule,
        fingerprint: await fingerprint(kind, plainSpelling(found[0].secret.reveal()), originOf(found[0], rule), salt),
        matches: found,
      };
    }),
  );
}

/** What only a name speaks for in one place, and a provider's rule in another, is the provider's in both. */
function foldOpaque(groups: Map<string, { kind: string; matches: [Match, ...Match[]] }>): void {
  const named = new Map<string, [Match, ...Match[]][]>();
  for (const { kind, matches } of groups.values()) {
    const secret = matches[0].secret.reveal();
    if (kind !== "opaque") named.set(secret, [...(named.get(secret) ?? []), matches]);
  }
  for (const [key, { kind, matches }] of groups) {
    const others = kind === "opaque" ? named.get(matches[0].secret.reveal()) : undefined;
    if (others?.length !== 1) continue;
    others[0]!.push(...matches);
    groups.delete(key);
  }
}

/** Whether only a name speaks for a match of a provider's credential. */
const isOpaque = ({ rule }: Match, kind: string): boolean => kind !== "opaque" && rule !== kind;

/** Detectors of what people choose, and others could guess. */
const CHOSEN = new Set(["password", "url", "login"]);

function originOf(match: Match, rule: Rule): Origin {
  if (match.demoted) return "public";
  return CHOSEN.has(rule.detector ?? "") ? "chosen" : "made";
}

/** Places that were demoted last, those with what completes them first, then by path, then by position. */
function byPlace(a: Match, b: Match): number {
  return (
    Number(a.demoted !== undefined) - Number(b.demoted !== undefined) ||
    Number(b.whole ?? false) - Number(a.whole ?? false) ||
    compare(a.provenance.path, b.provenance.path) ||
    a.region.line - b.region.line ||
    a.region.column - b.region.column
  );
}
