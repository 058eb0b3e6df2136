import type { Anatomy, Fact, Match, Policy, Reference, Remedy, Rule, Traits, Weakness } from "../model/index.ts";
import type { Grant } from "./dictionary.ts";
import { type Expiry, spell, YEAR } from "./life.ts";
import { type Extent, issuerOf, spanSentence } from "./policy.ts";
import { cwe, nhi, PR_AA_01, PR_AA_05, rfc, ZERO_TRUST } from "./references.ts";
import { isSigningKey } from "./signing.ts";

/** One secret as the assessment sees it when its traits stand. */
export interface Case {
  readonly rule: Rule;
  readonly anatomy: Anatomy | undefined;
  readonly facts: readonly Fact[];
  readonly match: Pick<Match, "assignedTo" | "parts">;
  readonly policy: Policy;
  readonly extent: Extent;
  readonly grants: readonly Grant[];
  readonly expiry: Expiry;
  readonly now: number;
  /** When it was written, epoch seconds. */
  readonly seen?: number | undefined;
  readonly cleanUp?: readonly Omit<Remedy, "owner">[] | undefined;
  /** Says where the other half or the key was found. */
  readonly paired?: string | undefined;
  /** Says where else it, or its identity, was found. */
  readonly reused?: string | undefined;
  readonly traits: Traits;
}

/** A way in which a secret breaks the policy or a standard: a reason of its finding, never a finding of its own. */
export interface Breach {
  readonly id: string;
  readonly reason?: string;
  readonly references: readonly Reference[];
}

interface Check {
  readonly id: string;
  /** The sentence of a breach; true when the factors say it already. */
  readonly finds: (found: Case) => string | boolean | undefined;
  readonly references: readonly Reference[];
}

/** docs/architecture.md, "Scores". Whether something is reused is found out where findings meet (src/scan/reuse.ts). */
const CHECKS: readonly Check[] = [
  { id: "BR-LEAK", finds: leaks, references: [cwe(798), cwe(522), nhi(2), rfc(9700, "4.2"), PR_AA_01] },
  {
    id: "BR-SPAN",
    finds: ({ extent, policy }) => spanSentence(extent, policy.limits),
    references: [cwe(653), cwe(266), nhi(5), nhi(9), rfc(9700, "2.3"), PR_AA_05, ZERO_TRUST],
  },
  {
    id: "BR-NOAUD",
    finds: lacksAudience,
    references: [cwe(284), cwe(345), nhi(5), rfc(9700, "2.3"), rfc(8725, "3.9")],
  },
  { id: "BR-SCOPE", finds: overpowers, references: [cwe(250), cwe(269), cwe(272), nhi(5), rfc(9700, "2.3"), PR_AA_05] },
  { id: "BR-TTL", finds: lastsTooLong, references: [cwe(613), nhi(7), rfc(9700, "2.2.1")] },
  {
    id: "BR-REFRESH",
    finds: ({ traits }) => traits.refresh,
    references: [cwe(613), cwe(522), nhi(7), rfc(9700, "2.2.2"), rfc(9700, "4.14.2")],
  },
  { id: "BR-BEARER", finds: isUnbound, references: [cwe(294), cwe(522), nhi(4), rfc(9700, "2.2.1")] },
  {
    id: "BR-MINT",
    finds: ({ traits }) => traits.reach === "mints",
    references: [cwe(269), cwe(522), nhi(5), ZERO_TRUST],
  },
  { id: "BR-KEY", finds: isSigningKey, references: [cwe(321), nhi(2), nhi(7), rfc(8725, "3.5")] },
  { id: "BR-WEAK", finds: isWeak, references: [nhi(4)] },
  { id: "BR-DEFAULT", finds: isDefault, references: [nhi(2), nhi(8)] },
  { id: "BR-ENV", finds: mixesEnvironments, references: [cwe(668), cwe(653), nhi(8)] },
  { id: "BR-REUSE", finds: ({ reused }) => reused, references: [cwe(653), cwe(522), nhi(9), rfc(9700, "2.3")] },
  { id: "BR-HUMAN", finds: isPersonal, references: [cwe(282), nhi(10), nhi(1)] },
  { id: "BR-STALE", finds: isStale, references: [cwe(324), cwe(613), nhi(1)] },
  { id: "BR-PWDGRANT", finds: tookPassword, references: [cwe(522), nhi(4), rfc(9700, "2.4")] },
  { id: "BR-CLIENTAUTH", finds: isClientSecret, references: [cwe(798), nhi(4), rfc(9700, "2.5")] },
];

/** Weaknesses that have breaches of their own (E9, E10), and notes that a report prints without blaming anybody. */
const NO_BREACH = new Set(["E8", "E9", "E10", "E11", "E12", "E14"]);

/** Every breach of a secret, with its reason and the standards it touches. */
export function breachesOf(found: Case): readonly Breach[] {
  return CHECKS.flatMap(({ id, finds, references }) => {
    const reason = finds(found);
    if (!reason) return [];
    const all = [...references, ...weaknessReferences(id, found)];
    return [{ id, references: all, ...(typeof reason === "string" && { reason }) }];
  });
}

function leaks({ traits }: Case): boolean {
  return traits.life !== "expired" && traits.certainty !== "bad-checksum" && traits.possession !== "partial";
}

function lacksAudience({ anatomy, extent, policy }: Case): string | undefined {
  const authority = anatomy?.authority;
  const wanted = policy.limits.requireAud || issuerOf(authority, policy)?.audienceRequired === true;
  const bears = !["key", "proof", "notice", "refresh", "id"].includes(authority?.kind ?? "key");
  return wanted && bears ? extent.unbounded : undefined;
}

function overpowers({ traits, grants, policy }: Case): string | boolean {
  const wildcard = grants.find(({ name }) => /(^|[.:/])\*$/.test(name));
  if (wildcard) return `has the wildcard scope \`${wildcard.name}\``;
  const most = policy.limits.maxPower;
  return traits.power > most
    ? `power ${traits.power} of 5 is more than the policy allows (${most})`
    : traits.power >= 4;
}

/** What lasts is a key, unless it is a token that some issuer gave out for a while. */
function limitOf({ anatomy, policy }: Case): readonly [name: string, limit: number] {
  const kind = anatomy?.authority?.kind ?? "key";
  if (kind === "key") return ["keys", policy.limits.keyAge];
  return kind === "refresh"
    ? ["refresh tokens", policy.limits.refreshTokenTtl]
    : ["access tokens", policy.limits.accessTokenTtl];
}

function lastsTooLong(found: Case): string | boolean {
  const { expiry, now, policy, traits } = found;
  if (expiry.kind === "never" || traits.life === "none") return policy.limits.requireExp;
  const [name, limit] = limitOf(found);
  const lasts = lifetime(expiry, now);
  if (lasts === undefined || lasts <= Math.min(limit, YEAR)) return false;
  return `lasts ${spell(lasts)}; the policy allows ${name} ${spell(limit)}`;
}

/** From issue to expiry; of a token that does not say when it was issued, what is left. */
function lifetime(expiry: Expiry, now: number): number | undefined {
  if (expiry.kind === "claim") return expiry.at - (expiry.issued ?? now);
  return expiry.kind === "presumed" || expiry.kind === "most" ? expiry.lasts : undefined;
}

function isUnbound({ traits, policy }: Case): boolean {
  return traits.possession === "bearer" && traits.power >= policy.limits.requireSenderConstraintFromPower;
}

function isWeak(found: Case): boolean {
  return blamed(found).length > 0;
}

function blamed({ anatomy }: Case): readonly Weakness[] {
  return (anatomy?.weaknesses ?? []).filter(({ id }) => !NO_BREACH.has(id));
}

/** CWE-1392 to 1394: a credential, password or key that stands in the documentation of a product. */
function isDefault({ anatomy }: Case): boolean {
  return (
    anatomy?.weaknesses.some((weakness) => weakness.cwe.some((number) => number >= 1392 && number <= 1394)) ?? false
  );
}

function mixesEnvironments({ traits, match }: Case): string | undefined {
  const named = /(?:^|[_.\-\s])(test|testing|dev|development|staging|sandbox|local|qa)(?:$|[_.\-\s])/i.exec(
    match.assignedTo ?? "",
  )?.[1];
  return named && traits.environment === "prod"
    ? `a production token stands where its name says ${named}: \`${match.assignedTo}\``
    : undefined;
}

function isPersonal({ rule, anatomy, facts }: Case): string | undefined {
  const person = facts.some(({ name, value }) => name === "subject kind" && value === "user");
  const personal =
    person ||
    anatomy?.authority?.kind === "session" ||
    /personal|user (access )?token|-pat(-|$)/i.test(`${rule.name} ${rule.id}`);
  return personal ? "acts as a person: it stays when the person leaves, and stops when the account does" : undefined;
}

/** A lasting key that was issued, or at least written, longer ago than keys may live. */
function isStale({ anatomy, expiry, policy, now, seen }: Case): string | undefined {
  const since = anatomy?.authority?.issued ?? seen;
  if (expiry.kind !== "never" || since === undefined || now - since <= policy.limits.keyAge) return undefined;
  return `is ${spell(now - since)} old; the policy has keys rotated every ${spell(policy.limits.keyAge)}`;
}

/** RFC 9700, 2.4: the resource owner password credentials grant must not be used. */
function tookPassword({ facts }: Case): string | undefined {
  const password = facts.some(
    ({ name, value }) => /^(gty|grant|grant_type)$/.test(name) && /(^|\s)password\b/.test(value),
  );
  return password ? "was issued for a user's password (password grant)" : undefined;
}

/** RFC 9700, 2.5: clients should authenticate with keys of their own, not with a shared secret. */
function isClientSecret({ rule, anatomy, facts }: Case): boolean {
  const symmetric = facts.some(({ name, value }) => /^alg(orithm)?$/.test(name) && value.startsWith("HS"));
  return (anatomy?.authority?.kind === "assertion" && symmetric) || /client-secret/.test(rule.id);
}

function weaknessReferences(id: string, found: Case): readonly Reference[] {
  const weaknesses = blamed(found);
  if (id === "BR-WEAK")
    return weaknesses.flatMap(({ cwe: numbers, references }) => [...numbers.map(cwe), ...references.flatMap(named)]);
  if (id === "BR-DEFAULT")
    return weaknesses.flatMap((weakness) => weakness.cwe.filter((number) => number >= 1392).map(cwe));
  return [];
}

/** `RFC 8725 3.1` as a reference; other texts keep their own name. */
function named(text: string): readonly Reference[] {
  const section = /^RFC 8725[ ,\u00a7]*([\d.]+)$/.exec(text)?.[1];
  return [section ? rfc(8725, section) : { id: text, title: text, ...(/^https:/.test(text) && { url: text }) }];
}
