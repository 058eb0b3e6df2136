import { decoders } from "../decode/index.ts";
import { verifyWithJwks } from "../decode/verify.ts";
import { type Anatomy, type Fact, type Finding, type Hint, type Match, rank } from "../model/index.ts";
import { assess } from "../reach/assess.ts";
import { matches } from "../reach/policy.ts";
import { type Credential, group } from "./group.ts";
import type { Knowledge, ScanOptions } from "./options.ts";
import { type Pairing, pair } from "./pairs.ts";

/** What matches amount to: credentials, pairs, and how far each reaches. Worst first. */
export async function findingsOf(matches: readonly Match[], options: ScanOptions): Promise<Finding[]> {
  const knowledge = await options.knowledge();
  const credentials = await group(matches, knowledge.rules, options.settings.salt);
  return assessAll(credentials, await pair(credentials), options, knowledge);
}

/** Decodes every credential and says how far it reaches; the halves of a pair are one finding. Worst first. */
async function assessAll(
  credentials: readonly Credential[],
  pairs: { readonly pairings: ReadonlyMap<Credential, Pairing>; readonly folded: ReadonlySet<Credential> },
  options: ScanOptions,
  knowledge: Knowledge,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const credential of credentials) {
    if (!pairs.folded.has(credential))
      findings.push(await judge(credential, pairs.pairings.get(credential), options, knowledge));
  }
  return findings.sort(
    (a, b) =>
      b.reach.score - a.reach.score ||
      rank(b.reach.level) - rank(a.reach.level) ||
      (a.fingerprint < b.fingerprint ? -1 : 1),
  );
}

async function judge(
  credential: Credential,
  pairing: Pairing | undefined,
  options: ScanOptions,
  knowledge: Knowledge,
): Promise<Finding> {
  const match = credential.matches[0];
  const anatomy = anatomyOf(credential, pairing);
  const proved = pairing?.proved ?? (await provedBy(credential, anatomy, options));
  const demoted = match.demoted ?? anatomy?.sample;
  const reach = assess({
    rule: credential.rule,
    anatomy,
    match: { ...match, ...(demoted ? { demoted } : {}) },
    policy: options.policy,
    dictionaries: knowledge.dictionaries,
    now: options.now,
    ...(pairing?.paired ? { paired: pairing.paired } : {}),
    ...(proved ? { proved } : {}),
  });
  const identity = identityOf(anatomy);
  return {
    fingerprint: credential.fingerprint,
    rule: credential.rule.id,
    secret: match.secret,
    exposures: [...credential.matches, ...(pairing?.places ?? [])] as [Match, ...Match[]],
    facts: factsOf(anatomy, match, proved !== undefined),
    reach,
    ...(identity ? { identity } : {}),
    pairedWith: pairing?.with.map((other) => other.fingerprint) ?? [],
  };
}

function anatomyOf(credential: Credential, pairing: Pairing | undefined): Anatomy | undefined {
  const match = credential.matches[0];
  const decode = credential.rule.decoder ? decoders[credential.rule.decoder] : undefined;
  const anatomy = decode?.(match.secret.reveal(), match.parts);
  if (!pairing?.signs) return anatomy;
  const base = anatomy ?? { facts: [], hints: [], weaknesses: [] };
  return { ...base, hints: [...base.hints, ...signingKey(pairing.signs)] };
}

/** A key that signs tokens reaches whatever its tokens reach, for anybody, for ever (docs/architecture.md, "Pairs"). */
function signingKey(reason: string): Hint[] {
  return [
    { trait: "power", value: 5, reason },
    { trait: "breadth", value: "multi" },
    { trait: "reach", value: "mints" },
    { trait: "data", value: "confidential" },
    { trait: "life", value: "none" },
    { trait: "certainty", value: "prefix", reason: "proved by a token it signs" },
  ];
}

/** The key that verifies a token's signature: of the sets that are for its issuer, or for all. */
async function provedBy(
  credential: Credential,
  anatomy: Anatomy | undefined,
  options: ScanOptions,
): Promise<string | undefined> {
  if (credential.rule.decoder !== "jwt") return undefined;
  for (const { name, keys, issuer } of options.keySets) {
    if (issuer !== undefined && !matches(issuer, anatomy?.authority?.issuer, [])) continue;
    const result = await verifyWithJwks(credential.matches[0].secret.reveal(), keys);
    if (result.verified) return `${result.keyId ?? "without id"} of ${name}`;
  }
  return undefined;
}

function factsOf(anatomy: Anatomy | undefined, match: Match, proved: boolean): Fact[] {
  const facts: Fact[] = (anatomy?.facts ?? []).map((fact) => (proved ? { ...fact, basis: "proved" } : fact));
  for (const [name, value] of Object.entries(match.parts)) {
    if (value && !facts.some((fact) => fact.name === name)) facts.push({ name, value, basis: "claimed" });
  }
  return facts;
}

/** Issuer and subject or client: whose token this is. */
function identityOf(anatomy: Anatomy | undefined): string | undefined {
  const authority = anatomy?.authority;
  const who = authority?.client ?? authority?.subject;
  return authority?.issuer && who ? `${authority.issuer} ${who}` : undefined;
}
