import {
  type Authority,
  type Boundary,
  type Fact,
  inOrder,
  isPatternTest,
  type Pattern,
  type PatternTest,
  type Policy,
  printable,
  type ReachedBoundary,
  ScanError,
  type Traits,
} from "../model/index.ts";
import { DATA, type Grant, most, REACHES } from "./dictionary.ts";
import { domainOf, isHome, noApi } from "./domain.ts";

/** One trust boundary that a token reaches. Without `boundary` the policy does not map it. */
export interface Reached {
  readonly name: string;
  readonly boundary?: Boundary;
  /** How the policy came to it: where the token is accepted, facts of its identity, its issuer, or not at all. */
  readonly by: "audience" | "facts" | "issuer" | "nobody";
  readonly reach?: Traits["reach"];
  /** Of the token's audiences, those that lie in it. */
  readonly audiences?: readonly string[];
}

/** Where a token is accepted. */
export interface Extent {
  readonly reached: readonly Reached[];
  /** How many audiences count: all but user-info endpoints, Keycloak's `account` and what the policy ignores. */
  readonly audiences: number;
  /** Says why every API of the issuer may accept it. */
  readonly unbounded?: string;
  /** The policy maps nothing, so boundaries are told apart by domain and account. */
  readonly derived: boolean;
}

type Entry = Policy["audiences"][number];

/** Whether a pattern of the policy names this: an exact text, `prefix*`, `/regex/`, or fields of the facts. */
export function matches(pattern: Pattern, text: string | undefined, facts: readonly Fact[]): boolean {
  if (typeof pattern === "string" || isPatternTest(pattern)) return text !== undefined && matchesText(pattern, text);
  const fields = Object.entries(pattern);
  const holds = ([name, value]: [string, string | PatternTest]) =>
    facts.some((fact) => fact.name === name && matchesText(value, fact.value));
  return fields.length > 0 && fields.every(holds);
}

/** Where the token is accepted, by its audiences; a token without any, by its facts or its issuer. */
export function extentOf(authority: Authority | undefined, facts: readonly Fact[], policy: Policy): Extent {
  const audiences = counted(authority?.audiences ?? [], policy);
  const issuer = byIssuer(authority, policy);
  const named = audiences.map((audience) => {
    const home = authority?.issuer !== undefined && isHome(audience, authority.issuer) ? issuer : undefined;
    return { ...(ofAudience(audience, policy) ?? home ?? unmapped(audience, policy)), audiences: [audience] };
  });
  // Facts say whose token it is, audiences where it is good: the first only stand in for the second.
  const reached = named.length > 0 ? named : [byFacts(facts, policy) ?? issuer].filter((one) => one !== undefined);
  const derived = !reached.some(({ boundary }) => boundary);
  const domain = (one: Reached) => ({ ...one, name: domainOf(one.name, authority?.issuer) });
  const unbounded = authority && unboundedBecause(authority, audiences);
  return {
    reached: distinct(derived ? reached.map(domain) : reached),
    audiences: audiences.length,
    derived,
    ...(unbounded && { unbounded }),
  };
}

/** The policy's own reading of a scope or role; first match wins. */
export function policyGrant(name: string, entries: Policy["scopes"]): Grant | undefined {
  const entry = entries.find(({ match }) => matches(match, name, []));
  if (!entry) return undefined;
  const { power, reach, data } = entry;
  return { name, power, by: "policy", ...(reach && { reach }), ...(data && { data }) };
}

/** Who owns the boundaries a token reaches, each once. */
export function ownersOf({ reached }: Extent): readonly string[] {
  return [...new Set(reached.flatMap(({ boundary }) => boundary?.owner ?? []))];
}

/** Bounds of what a report lists: boundaries of a token, and audiences of a boundary. */
const MOST_BOUNDARIES = 100;
const MOST_AUDIENCES = 100;

/** The boundaries a token reaches, as reports have them. */
export function boundariesOf({ reached }: Extent): readonly ReachedBoundary[] {
  return reached.slice(0, MOST_BOUNDARIES).map(({ name, boundary, audiences = [] }) => ({
    name,
    audiences: audiences.map(printable),
    ...(boundary?.owner === undefined ? {} : { owner: boundary.owner }),
    ...(boundary && { sensitivity: boundary.sensitivity }),
    mapped: boundary !== undefined,
  }));
}

/** The policy's entry for a token's issuer. */
export function issuerOf(authority: Authority | undefined, policy: Policy): Policy["issuers"][number] | undefined {
  return policy.issuers.find(({ match }) => matches(match, authority?.issuer, []));
}

/** Says which boundaries one token joins that should be apart (BR-SPAN); undefined if it joins none. */
export function spanSentence({ reached, derived }: Extent, limits: Policy["limits"]): string | undefined {
  if (reached.length < 2) return undefined;
  const owners = new Set(reached.map(({ boundary }) => boundary?.owner));
  const ranks = reached.flatMap(({ boundary }) => (boundary ? [DATA.indexOf(boundary.sensitivity)] : []));
  const mixed = Math.max(...ranks) - Math.min(...ranks) >= 2;
  if (reached.length <= limits.maxBoundaries && owners.size < 2 && !mixed) return undefined;
  const why = derived ? "; the policy maps none of them, so they are told apart by domain and account" : "";
  return `token is good for ${list(reached.map(described))}${why}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function list(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

function described({ name, boundary }: Reached): string {
  if (!boundary) return `${name} (unmapped)`;
  return `${name} (${[boundary.owner, boundary.sensitivity, ...boundary.regimes].filter(Boolean).join(", ")})`;
}

function matchesText(pattern: string | PatternTest, text: string): boolean {
  if (typeof pattern !== "string") return pattern.test(text.slice(0, 2048));
  const regex = /^\/(.+)\/([a-z]*)$/s.exec(pattern);
  if (regex) return compiled(regex[1]!, regex[2]!).test(text.slice(0, 2048));
  const parts = pattern.split("*");
  if (inOrder(parts, text)) return true;
  // People who write policies take a URL with and without its last slash for the same audience.
  return /^https?:/.test(text) && inOrder(parts, text.endsWith("/") ? text.slice(0, -1) : `${text}/`);
}

/** For callers who give a policy of their own making; a policy that is read from a file comes compiled (src/setup/). */
function compiled(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, flags.replace(/[gy]/g, ""));
  } catch (cause) {
    throw new ScanError("policy-invalid", `policy: /${source}/${flags} is not a regular expression`, { cause });
  }
}

function entryOf(audience: string, policy: Policy): Entry | undefined {
  return policy.audiences.find(({ match }) => matches(match, audience, []));
}

function counted(all: readonly string[], policy: Policy): readonly string[] {
  const distinctly = [...new Set(all)].filter((audience) => audience !== "");
  const wanted = distinctly.filter((audience) => !entryOf(audience, policy)?.ignore);
  const apis = wanted.filter((audience) => entryOf(audience, policy) || !noApi(audience));
  return apis.length > 0 ? apis : wanted;
}

function ofAudience(audience: string, policy: Policy): Reached | undefined {
  const entry = entryOf(audience, policy);
  return entry && inBoundary(entry.boundary, "audience", policy, entry.reach);
}

function unmapped(audience: string, policy: Policy): Reached {
  const reach = entryOf(audience, policy)?.reach;
  return { name: audience, by: "nobody", ...(reach && { reach }) };
}

function byFacts(facts: readonly Fact[], policy: Policy): Reached | undefined {
  const entry = policy.audiences.find(({ match }) => typeof match !== "string" && matches(match, undefined, facts));
  return entry && !entry.ignore ? inBoundary(entry.boundary, "facts", policy, entry.reach) : undefined;
}

function byIssuer(authority: Authority | undefined, policy: Policy): Reached | undefined {
  return inBoundary(issuerOf(authority, policy)?.boundary, "issuer", policy);
}

function inBoundary(
  name: string | undefined,
  by: Reached["by"],
  policy: Policy,
  own?: Traits["reach"],
): Reached | undefined {
  const boundary = name === undefined ? undefined : policy.boundaries[name];
  if (name === undefined || !boundary) return undefined;
  const reach = own ?? (boundary.stores.length > 0 ? "mints" : undefined);
  return { name, boundary, by, ...(reach && { reach }) };
}

/** Each boundary once, in the order they came, with the furthest reach said of it. */
function distinct(all: readonly Reached[]): readonly Reached[] {
  const byName = new Map<string, Reached>();
  for (const reached of all) {
    const before = byName.get(reached.name);
    const reach = most(REACHES, before?.reach, reached.reach);
    const name = printable(reached.name);
    const audiences = [...(before?.audiences ?? []), ...(reached.audiences ?? [])].slice(0, MOST_AUDIENCES);
    byName.set(reached.name, { ...reached, ...before, name, audiences, ...(reach && { reach }) });
  }
  return [...byName.values()];
}

/** RFC 8725, 3.9: what makes an audience say nothing. */
function unboundedBecause({ audiences: all, issuer }: Authority, audiences: readonly string[]): string | undefined {
  const so = "so every API of this issuer may accept it";
  if (!all || all.every((audience) => audience === "")) return `has no audience, ${so}`;
  const wild = audiences.find((audience) => /^[*@.]*\*[*@.]*$/.test(audience));
  if (wild) return `has the wildcard audience \`${printable(wild)}\`, ${so}`;
  if (audiences.length !== 1) return undefined;
  if (audiences[0] === "account") return `has only the default audience \`account\`, ${so}`;
  const same = issuer?.replace(/\/$/, "") === audiences[0]!.replace(/\/$/, "");
  return same ? `has its issuer as its only audience, ${so}` : undefined;
}
