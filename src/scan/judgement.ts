import { decoderOf } from "../decode/index.ts";
import {
  type Anatomy,
  type Fact,
  type Finding,
  type Hint,
  type Match,
  printable,
  type Remedy,
  rank,
} from "../model/index.ts";
import { assess } from "../reach/assess.ts";
import { type Credential, group } from "./group.ts";
import { inLogs } from "./in-logs.ts";
import { withNamed } from "./named.ts";
import type { Knowledge, ScanOptions } from "./options.ts";
import { type Pairing, pair } from "./pairs.ts";
import { type Proof, proofOf } from "./proof.ts";
import { type Reuse, reuseOf } from "./reuse.ts";

/** What matches amount to: credentials, pairs, and how far each reaches. Worst first. */
export async function findingsOf(matches: readonly Match[], options: ScanOptions): Promise<Finding[]> {
  const knowledge = await options.knowledge();
  const credentials = await group(withNamed(matches), knowledge.rules, options.settings.salt);
  return assessAll(credentials, await pair(credentials, options.strangers), options, knowledge);
}

/** Decodes every credential and says how far it reaches; the halves of a pair are one finding. Worst first. */
async function assessAll(
  credentials: readonly Credential[],
  pairs: { readonly pairings: ReadonlyMap<Credential, Pairing>; readonly folded: ReadonlySet<Credential> },
  options: ScanOptions,
  knowledge: Knowledge,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const known: Known[] = [];
  for (const credential of credentials)
    if (!pairs.folded.has(credential))
      known.push({ credential, anatomy: await decoded(credential), pairing: pairs.pairings.get(credential) });
  const reuse = reuseOf(known);
  for (const one of known) findings.push(await judge(one, reuse.get(one.credential), options, knowledge));
  return findings.sort(
    (a, b) =>
      b.reach.score - a.reach.score ||
      rank(b.reach.level) - rank(a.reach.level) ||
      (a.fingerprint < b.fingerprint ? -1 : 1),
  );
}

/** A credential with what it says itself and what the others of the scan say about it. */
export interface Known {
  readonly credential: Credential;
  readonly anatomy: Anatomy | undefined;
  readonly pairing: Pairing | undefined;
}

async function judge(
  known: Known,
  reuse: Reuse | undefined,
  options: ScanOptions,
  knowledge: Knowledge,
): Promise<Finding> {
  const { credential, pairing } = known;
  const match = credential.matches[0];
  const proof: Proof = pairing?.proved
    ? { proved: pairing.proved, hints: [], weaknesses: [] }
    : await proofOf(credential, known.anatomy, options);
  const { proved } = proof;
  const logs = inLogs(credential, known.anatomy, options.now);
  const anatomy = anatomyOf(known, reuse, { ...proof, hints: [...logs.hints, ...proof.hints] });
  const { demoted: found, ...shown } = match;
  // What signs a token that was found is no example, whatever it looks like.
  const demoted = pairing?.signs === undefined ? (found ?? anatomy?.sample) : undefined;
  const reach = assess({
    rule: credential.rule,
    anatomy,
    match: { ...shown, ...(demoted ? { demoted } : {}) },
    policy: options.policy,
    dictionaries: knowledge.dictionaries,
    now: logs.now,
    ...(logs.seen === undefined ? {} : { seen: logs.seen }),
    ...(logs.ended === undefined ? {} : { ended: logs.ended }),
    ...(logs.cleanUp ? { cleanUp: logs.cleanUp } : {}),
    local: credential.matches.every(({ provenance }) => provenance.kind === "file" && provenance.untracked === true),
    ...(pairing?.paired ? { paired: pairing.paired } : {}),
    ...(proved ? { proved } : {}),
    ...(reuse?.reused ? { reused: reuse.reused } : {}),
  });
  const identity = identityOf(anatomy);
  return {
    fingerprint: credential.fingerprint,
    rule: credential.rule.id,
    secret: match.secret,
    exposures: [...credential.matches, ...(pairing?.places ?? [])] as [Match, ...Match[]],
    ...(match.history ? { history: match.history } : {}),
    facts: factsOf(anatomy, match, proved !== undefined),
    reach: match.history ? { ...reach, remedies: [...reach.remedies, REWRITE] } : reach,
    ...(identity ? { identity } : {}),
    pairedWith: pairing?.with.map((other) => other.fingerprint) ?? [],
  };
}

async function decoded({ rule, matches: [match] }: Credential): Promise<Anatomy | undefined> {
  const decode = rule.decoder === undefined ? undefined : await decoderOf(rule.decoder);
  return decode?.(match.secret.reveal(), match.parts);
}

const NOTHING: Anatomy = { facts: [], hints: [], weaknesses: [] };

/** What the credential says, and what its key, other tokens and the known keys add to that. */
function anatomyOf({ anatomy, pairing }: Known, reuse: Reuse | undefined, proof: Proof): Anatomy | undefined {
  const hints = [...(pairing?.signs ? signingKey(pairing.signs) : []), ...proof.hints];
  const weaknesses = [...(pairing?.weaknesses ?? []), ...(reuse?.weaknesses ?? []), ...proof.weaknesses];
  if (hints.length === 0 && weaknesses.length === 0) return anatomy;
  const base = anatomy ?? NOTHING;
  return { ...base, hints: [...base.hints, ...hints], weaknesses: [...base.weaknesses, ...weaknesses] };
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

/** What is longer says nothing as it stands: a certificate is told by what it was decoded to. */
const LONGEST_PART = 256;

function factsOf(anatomy: Anatomy | undefined, match: Match, proved: boolean): Fact[] {
  const facts: Fact[] = (anatomy?.facts ?? []).map((fact) => (proved ? { ...fact, basis: "proved" } : fact));
  for (const [name, value] of Object.entries(match.parts)) {
    if (value && value.length <= LONGEST_PART && !facts.some((fact) => fact.name === name))
      facts.push({ name, value, basis: "claimed" });
  }
  return facts;
}

/** Issuer and subject or client: whose token this is. */
function identityOf(anatomy: Anatomy | undefined): string | undefined {
  const authority = anatomy?.authority;
  const who = authority?.client ?? authority?.subject;
  return authority?.issuer && who ? printable(`${authority.issuer} ${who}`) : undefined;
}

/** What rewrites history; every clone and fork keeps its own copy, so it comes last. */
const REWRITE: Remedy = {
  action:
    "Once it is revoked, take it out of history if it must not be read: write the secret, ==> and REMOVED as one line to replacements.txt",
  command: "git filter-repo --replace-text replacements.txt --replace-message replacements.txt",
};
