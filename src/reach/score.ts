import { type Level, levelOf, type Traits } from "../model/index.ts";

/** What each value adds to the impact. */
export const ADDS = {
  power: [0, 1, 4, 5.5, 7.5, 9],
  breadth: { single: -0.5, service: 0, multi: 0.5, cross: 1.5 },
  reach: { none: 0, "secrets-likely": 0.5, mints: 1.5 },
  data: { public: -1, internal: 0, confidential: 0.5, regulated: 1.5 },
} as const;

/** What each value multiplies the impact by. */
export const TIMES = {
  life: { expired: 0.1, "5m": 0.5, "1h": 0.7, "24h": 0.8, "30d": 0.9, "1y": 1, long: 1, none: 1, unknown: 1 },
  possession: { bearer: 1, "network-bound": 0.7, "needs-client-secret": 0.6, "sender-bound": 0.3, partial: 0.15 },
  environment: { prod: 1, unknown: 1, staging: 0.7, test: 0.35, example: 0 },
  certainty: { verified: 1, checksum: 1, structure: 1, prefix: 0.95, generic: 0.6, unsigned: 0.3, "bad-checksum": 0.1 },
} as const;

/** What the place a token was found in adds at the end. */
export const EXPOSURE = { public: 0.5, internal: 0, local: -0.5 } as const;

/** What a token that never expires, or not within a year, and one that can be renewed add to the impact. */
export const LASTING = 0.5;

/** The most that a token of little use can score: expired, partial, unsigned, wrong checksum. */
export const LOW_CAP = 3.9;

/** The most that a guess can score. */
export const GENERIC_CAP = 6.9;

export interface Score {
  readonly score: number;
  readonly level: Level;
  readonly impact: number;
}

/** The reference scorer: docs/architecture.md, "Scores". A function of the traits and of nothing else. */
export function score(traits: Traits): Score {
  if (traits.power === 0 || traits.environment === "example" || traits.publicByDesign)
    return { score: 0, level: "none", impact: 0 };
  const impact = impactOf(traits);
  const product = impact * TIMES.life[traits.life] * TIMES.possession[traits.possession];
  const likely = product * TIMES.environment[traits.environment] * TIMES.certainty[traits.certainty];
  const rounded = round(capped(exposed(likely, traits.exposure), traits));
  return { score: rounded, level: levelOf(rounded), impact };
}

/** The number that stands beside one trait in a report: an addend for the first five, a factor for the others. */
export function weightOf(name: keyof Traits, traits: Traits): number {
  switch (name) {
    case "power":
      return ADDS.power[traits.power];
    case "breadth":
      return ADDS.breadth[traits.breadth];
    case "reach":
      return ADDS.reach[traits.reach];
    case "data":
      return ADDS.data[traits.data];
    case "refresh":
      return traits.refresh ? LASTING : 0;
    case "life":
      return TIMES.life[traits.life];
    case "possession":
      return TIMES.possession[traits.possession];
    case "environment":
      return TIMES.environment[traits.environment];
    case "certainty":
      return TIMES.certainty[traits.certainty];
    case "exposure":
      return EXPOSURE[traits.exposure];
    case "publicByDesign":
      return traits.publicByDesign ? 0 : 1;
  }
}

function impactOf(traits: Traits): number {
  const sum =
    ADDS.power[traits.power] + ADDS.breadth[traits.breadth] + ADDS.reach[traits.reach] + ADDS.data[traits.data];
  const lasting = traits.life === "none" || traits.life === "long" ? LASTING : 0;
  return clamp(sum + lasting + (traits.refresh ? LASTING : 0), 0);
}

function exposed(product: number, exposure: Traits["exposure"]): number {
  // Never below 1, and nothing added below 1: so the score stays monotone where the two meet.
  if (exposure === "local") return Math.max(Math.min(product, 1), product + EXPOSURE.local);
  return product >= 1 ? product + EXPOSURE[exposure] : product;
}

function capped(value: number, traits: Traits): number {
  const useless = traits.life === "expired" || traits.possession === "partial";
  const doubtful = traits.certainty === "bad-checksum" || traits.certainty === "unsigned";
  const most = useless || doubtful ? LOW_CAP : traits.certainty === "generic" ? GENERIC_CAP : 10;
  return Math.min(value, most);
}

function clamp(value: number, least: number): number {
  return Math.max(least, Math.min(10, value));
}

function round(value: number): number {
  // The nudge undoes binary fractions: 1.45 is stored a little below itself.
  return Math.round((clamp(value, 0.1) + 1e-9) * 10) / 10;
}
