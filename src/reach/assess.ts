import {
  type Anatomy,
  type Fact,
  type Factor,
  type Hint,
  levelOf,
  type Match,
  type Policy,
  type Reach,
  type Remedy,
  type Rule,
  type Traits,
} from "../model/index.ts";
import { authorityHints, grantsOf } from "./authority.ts";
import { type Breach, breachesOf, type Case } from "./breaches.ts";
import type { Dictionaries } from "./dictionary.ts";
import { day, type Expiry, expiryOf, expirySentence, lifeAt, stableLife } from "./life.ts";
import { policyHints } from "./mapped.ts";
import { boundariesOf, extentOf, ownersOf } from "./policy.ts";
import { remediesOf } from "./remedies.ts";
import { LOW_CAP, type Score, score, weightOf } from "./score.ts";
import { sentence, speaks, TRAITS } from "./sentences.ts";
import { signingHints } from "./signing.ts";

/** One secret and everything known about it and around it. Times are epoch seconds. */
export interface Assessment {
  readonly rule: Rule;
  readonly anatomy: Anatomy | undefined;
  readonly match: Pick<Match, "checksum" | "demoted" | "encodings" | "assignedTo" | "parts">;
  readonly policy: Policy;
  readonly dictionaries: Dictionaries;
  readonly now: number;
  /** When it was written: of the commit, or of the file. */
  readonly seen?: number;
  /** It ends with its job, which had ended by then. */
  readonly ended?: number;
  /** What to do about the place that it was printed in, if that is no file. */
  readonly cleanUp?: readonly Omit<Remedy, "owner">[];
  /** Only files hold it that git does not track. */
  readonly local?: boolean;
  /** Says where the other half or the key was found in the same scan. */
  readonly paired?: string;
  /** The key that verified the signature. */
  readonly proved?: string;
  /** Says where else it, or its identity, was found. */
  readonly reused?: string;
}

/** The traits of a case, and for some of them the sentence of whoever decided. */
interface Draft {
  readonly traits: Traits;
  readonly reasons: Readonly<Partial<Record<keyof Traits, string>>>;
}

const DEFAULTS: Traits = {
  power: 2,
  breadth: "service",
  reach: "none",
  data: "internal",
  life: "unknown",
  refresh: false,
  possession: "bearer",
  environment: "unknown",
  certainty: "prefix",
  exposure: "internal",
  publicByDesign: false,
};

/**
 * How far a secret reaches. Each layer may change what the one before it said: the model's defaults, the rule, what the
 * token says of itself (read by dictionaries), its decoder's hints, the user's policy, and what was seen around the match.
 */
export function assess(input: Assessment): Reach {
  const { rule, anatomy, policy, dictionaries, now } = input;
  const facts = factsOf(input);
  const authority = anatomy?.authority;
  const extent = extentOf(authority, facts, policy);
  const grants = grantsOf(authority, policy, dictionaries);
  const expiry = expiryOf(authority, rule.reach.life, input.seen, input.ended);
  const told = [defaultHints(input), ruleHints(rule, input.paired)].reduce(apply, { traits: DEFAULTS, reasons: {} });
  const claimed = authority ? authorityHints(authority, extent, grants, told.traits.data) : [];
  const read = [claimed, lifeHints(expiry, input), signingHints(input), anatomy?.hints ?? []].reduce(apply, told);
  const mapped = apply(read, policyHints(authority, extent, grants, read.traits));
  const { traits, reasons } = apply(mapped, matchHints(input, mapped.traits));
  const found: Case = {
    rule,
    anatomy,
    facts,
    match: input.match,
    policy,
    extent,
    grants,
    expiry,
    now,
    seen: input.seen,
    cleanUp: input.cleanUp,
    paired: input.paired,
    reused: input.reused,
    traits,
  };
  return report(found, reasons);
}

function report(found: Case, said: Draft["reasons"]): Reach {
  const { traits, policy, extent } = found;
  const today = rate(traits, policy);
  const factors = TRAITS.map(
    (name): Factor => ({
      name,
      value: String(traits[name]),
      weight: weightOf(name, traits),
      reason: said[name] ?? sentence(name, traits),
    }),
  );
  const spoken = factors.filter(({ name }) => speaks(name, traits, said[name] !== undefined));
  const none = today.level === "none";
  const breaches = none ? [] : breachesOf(found);
  const references = breaches.flatMap((breach) => breach.references);
  return {
    ...today,
    stableLevel: rate({ ...traits, life: stableLife(traits.life) }, policy).level,
    factors,
    reasons: [...new Set([...spoken.map(({ reason }) => reason), ...(none ? [] : notesOf(found, breaches))])],
    remedies: none ? [] : remediesOf(found, new Set(breaches.map(({ id }) => id))),
    breaches: breaches.map(({ id }) => id),
    references: [...new Map(references.map((reference) => [reference.id, reference])).values()],
    owners: ownersOf(extent),
    boundaries: boundariesOf(extent),
  };
}

/** What breaches, weaknesses and a later start add to the factors' sentences. */
function notesOf({ anatomy, now }: Case, breaches: readonly Breach[]): readonly string[] {
  const start = anatomy?.authority?.notBefore;
  // BR-NOAUD says already what E10 finds.
  const weaknesses = (anatomy?.weaknesses ?? []).filter(
    ({ id }) => id !== "E10" || !breaches.some((breach) => breach.id === "BR-NOAUD"),
  );
  return [
    ...breaches.flatMap(({ reason }) => reason ?? []),
    ...weaknesses.map(({ text }) => text),
    ...(start !== undefined && start > now ? [`claims to start only on ${day(start, true)}`] : []),
  ];
}

/** The score under a policy that may want to see what is public by design. */
function rate(traits: Traits, policy: Policy): Score {
  if (!traits.publicByDesign || policy.publicByDesign !== "report") return score(traits);
  const shown = score({ ...traits, publicByDesign: false });
  const capped = Math.min(shown.score, LOW_CAP);
  return { ...shown, score: capped, level: levelOf(capped) };
}

function apply({ traits, reasons }: Draft, hints: readonly Hint[]): Draft {
  const changed = Object.fromEntries(hints.map(({ trait, value }) => [trait, value]));
  const said = Object.fromEntries(hints.map(({ trait, reason }) => [trait, reason]));
  return { traits: { ...traits, ...changed }, reasons: { ...reasons, ...said } };
}

function defaultHints({ policy: { defaults }, local }: Assessment): readonly Hint[] {
  const found = local ? "local" : "internal";
  return [
    { trait: "environment", value: defaults.environment },
    { trait: "exposure", value: defaults.exposure === "auto" ? found : defaults.exposure },
    ...(defaults.sensitivity ? [{ trait: "data", value: defaults.sensitivity } as const] : []),
  ];
}

function ruleHints({ reach, impact, pair }: Rule, paired: string | undefined): readonly Hint[] {
  const { life: _, ...traits } = reach;
  const hints = Object.entries(traits).map(([trait, value]) => ({ trait, value }) as Hint);
  const alone = pair && !paired ? [{ trait: "possession", value: "partial" } as const] : [];
  return [
    ...hints,
    { trait: "power", value: reach.power ?? DEFAULTS.power, reason: impact.replace(/\.$/, "") },
    ...alone,
  ];
}

function lifeHints(expiry: Expiry, { now, proved }: Assessment): readonly Hint[] {
  return [{ trait: "life", value: lifeAt(expiry, now), reason: expirySentence(expiry, now, proved !== undefined) }];
}

/** What was seen around the match: a checksum, its other half, a key that verifies it, a reason why it is no secret. */
function matchHints({ match, rule, anatomy, paired, proved }: Assessment, traits: Traits): readonly Hint[] {
  const sample = match.demoted ?? anatomy?.sample;
  return [
    ...checksumHints(match.checksum, rule, traits),
    ...(paired === undefined ? [] : pairHints(paired, rule, traits)),
    ...(proved === undefined
      ? []
      : [{ trait: "certainty", value: "verified", reason: `its signature verifies with key ${proved}` } as const]),
    ...(sample === undefined ? [] : [{ trait: "environment", value: "example", reason: sample } as const]),
  ];
}

function checksumHints(checksum: Match["checksum"], { provider }: Rule, { certainty }: Traits): readonly Hint[] {
  if (checksum === "bad")
    return [
      { trait: "certainty", value: "bad-checksum", reason: `checksum does not fit: not a live ${provider} token` },
    ];
  const better = certainty === "structure" || certainty === "prefix" || certainty === "generic";
  return checksum === "good" && better ? [{ trait: "certainty", value: "checksum", reason: "checksum fits" }] : [];
}

/** With its other half or its key in the same scan a token works, and is known the better for it. Networks still bind. */
function pairHints(paired: string, { beside }: Rule, { possession, certainty }: Traits): readonly Hint[] {
  const held = {
    trait: "possession",
    value: possession === "network-bound" ? possession : "bearer",
    reason: paired,
  } as const;
  if (certainty === "generic") return [held, { trait: "certainty", value: "prefix" }];
  // Two forms of one vendor side by side: neither is there by chance.
  if (certainty === "prefix" && beside) return [held, { trait: "certainty", value: "structure", reason: paired }];
  return [held];
}

/** Decoded facts, the named groups of the match, and the provider under both of its names: what a policy can ask for. */
function factsOf({ rule, anatomy, match }: Assessment): readonly Fact[] {
  const claimed = (name: string, value: string): Fact => ({ name, value, basis: "claimed" });
  return [
    ...(anatomy?.facts ?? []),
    ...Object.entries(match.parts).map(([name, value]) => claimed(name, value)),
    claimed("provider", rule.provider.toLowerCase()),
    claimed("provider", rule.id.split("-", 1)[0]!),
  ];
}
