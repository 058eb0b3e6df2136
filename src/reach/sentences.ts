import type { Traits } from "../model/index.ts";

/** The traits in the order reports print them. */
export const TRAITS: readonly (keyof Traits)[] = [
  "power",
  "breadth",
  "reach",
  "data",
  "life",
  "refresh",
  "possession",
  "environment",
  "certainty",
  "exposure",
  "publicByDesign",
];

const POWER = [
  "gives no authority",
  "identifies a user or sends data in",
  "reads private data",
  "writes, acts or spends",
  "controls a whole service or account",
  "controls identities, keys, secret stores or clusters",
] as const;

const SENTENCES = {
  breadth: {
    single: "reaches one object or project",
    service: "reaches one service",
    multi: "reaches several APIs or a whole account",
    cross: "reaches more than one trust boundary",
  },
  reach: {
    none: "leads to no other credentials",
    "secrets-likely": "reads places where people leave secrets (mail, chat, code, logs, storage)",
    mints: "can read or create other credentials",
  },
  data: {
    public: "its data is public",
    internal: "its data is internal",
    confidential: "its data is confidential",
    regulated: "its data is regulated",
  },
  life: {
    expired: "expired",
    "5m": "claims to last at most 5 minutes more",
    "1h": "claims to last at most an hour more",
    "24h": "claims to last at most a day more",
    "30d": "claims to last at most 30 days more",
    "1y": "claims to last at most a year more",
    long: "claims to last more than a year",
    none: "never expires",
    unknown: "how long it lasts is not known",
  },
  possession: {
    bearer: "whoever holds it can use it",
    "network-bound": "works from known networks only",
    "needs-client-secret": "needs a client secret beside it",
    "sender-bound": "bound to a key the thief does not have",
    partial: "is one half only: of little use without the other",
  },
  environment: {
    prod: "production environment",
    unknown: "nothing says that it is for tests",
    staging: "staging environment",
    test: "test environment",
    example: "documented sample, not a secret",
  },
  certainty: {
    verified: "its signature verifies",
    checksum: "checksum fits",
    structure: "decodes completely",
    prefix: "has the form of its kind",
    generic: "looks like a secret by its name and its randomness only",
    unsigned: "is not signed: only a broken verifier accepts it",
    "bad-checksum": "checksum does not fit",
  },
  exposure: {
    public: "found in a public repository, package or log",
    internal: "found where only insiders read",
    local: "found in a local file that git does not track",
  },
} as const;

/** Values that change nothing, about which a report says nothing. */
const NEUTRAL = {
  breadth: ["service"],
  reach: ["none"],
  data: ["public", "internal"],
  life: ["unknown"],
  possession: ["bearer"],
  environment: ["prod", "unknown"],
  certainty: ["structure", "prefix"],
  exposure: ["internal", "local"],
} as const satisfies Partial<Record<keyof Traits, readonly string[]>>;

/** Traits whose neutral value is worth a word when somebody had a reason for it: `the matching key is in dev/key.pem`. */
const TELLING: readonly (keyof Traits)[] = ["breadth", "possession"];

/** The plain sentence for a value when nothing more is known of it. */
export function sentence(name: keyof Traits, traits: Traits): string {
  switch (name) {
    case "power":
      return POWER[traits.power];
    case "breadth":
      return SENTENCES.breadth[traits.breadth];
    case "reach":
      return SENTENCES.reach[traits.reach];
    case "data":
      return SENTENCES.data[traits.data];
    case "life":
      return SENTENCES.life[traits.life];
    case "refresh":
      return traits.refresh ? "can be renewed" : "nothing renews it";
    case "possession":
      return SENTENCES.possession[traits.possession];
    case "environment":
      return SENTENCES.environment[traits.environment];
    case "certainty":
      return SENTENCES.certainty[traits.certainty];
    case "exposure":
      return SENTENCES.exposure[traits.exposure];
    case "publicByDesign":
      return traits.publicByDesign ? "public by design" : "not meant to be public";
  }
}

/** Whether a trait is worth a reason of the finding; `said` when somebody gave it a sentence of its own. */
export function speaks(name: keyof Traits, traits: Traits, said: boolean): boolean {
  if (name === "power") return true;
  if (name === "refresh" || name === "publicByDesign") return traits[name];
  const neutral = (NEUTRAL[name] as readonly string[]).includes(traits[name]);
  return !neutral || (said && TELLING.includes(name));
}
