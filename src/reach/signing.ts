import type { Hint, Match, Rule } from "../model/index.ts";

/** Names under which applications keep the key of their tokens: `JWT_SECRET`, `jwt.key`, `TOKEN_SIGNING_KEY`. */
const NAMES = /(?:jwt|jws|jose).{0,12}(?:secret|key)|token[\W_]?sign/i;

/** Rules and decoders of keys that sign. */
const RULES =
  /(^|[\s-])(jwt-(hs-)?secret|jwk|jwks|private-key|signing-(key|secret)|pem|secret-key-base|vapid)([\s-]|$)/;

/** Where a secret was found and what verified it, as far as this matters here. */
interface Found {
  readonly rule: Rule;
  readonly match: Pick<Match, "assignedTo">;
  readonly paired?: string | undefined;
}

/** Whether a secret makes tokens rather than being one: by its rule, by its name, or because it verified one. */
export function isSigningKey(found: Found): boolean {
  return RULES.test(`${found.rule.id} ${found.rule.decoder ?? ""}`) || isGuessedKey(found);
}

/** Whoever holds the key of an issuer makes any token of it, until the key is rotated. */
export function signingHints(found: Found): readonly Hint[] {
  if (!isGuessedKey(found)) return [];
  const reason = "signs tokens: whoever holds it can make one for any user";
  return [
    { trait: "power", value: 5, reason },
    { trait: "breadth", value: "multi", reason: "every API that trusts its tokens" },
    { trait: "reach", value: "mints", reason },
    { trait: "data", value: "confidential" },
    { trait: "life", value: "none", reason: "works until it is rotated" },
  ];
}

/** A value without a form of its own has no other half: what it is paired with can only be a token that it verified. */
function isGuessedKey({ rule, match, paired }: Found): boolean {
  return rule.reach.certainty === "generic" && (paired !== undefined || NAMES.test(match.assignedTo ?? ""));
}
