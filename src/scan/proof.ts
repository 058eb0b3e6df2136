import type { Anatomy, Hint, Weakness } from "../model/index.ts";
import { matches } from "../reach/policy.ts";
import type { Credential } from "./group.ts";
import type { ScanOptions } from "./options.ts";

/** What the known key sets say about a token. */
export interface Proof {
  /** The key that verifies its signature. */
  readonly proved?: string;
  readonly hints: readonly Hint[];
  readonly weaknesses: readonly Weakness[];
}

const NOTHING: Proof = { hints: [], weaknesses: [] };

/** Tries the key sets that are for a token's issuer, or for all. */
export async function proofOf(
  { rule, matches: [match] }: Credential,
  anatomy: Anatomy | undefined,
  { keySets }: ScanOptions,
): Promise<Proof> {
  if (rule.decoder !== "jwt" || keySets.length === 0) return NOTHING;
  const { verifyWithJwks } = await import("../decode/verify.ts");
  const { confusionWith } = await import("../decode/confusion.ts");
  const token = match.secret.reveal();
  let refuted: string | undefined;
  for (const { name, keys, issuer } of keySets) {
    if (issuer !== undefined && !matches(issuer, anatomy?.authority?.issuer, [])) continue;
    const result = await verifyWithJwks(token, keys);
    if (result.verified) return { ...NOTHING, proved: `${result.keyId ?? "without id"} of ${name}` };
    const weakness = confusionWith(token, keys);
    if (weakness) return { ...NOTHING, weaknesses: [weakness] };
    // Ids such as `1` are everybody's: only the issuer's own set can tell that the token was changed.
    if (issuer !== undefined && result.keyIdMatched) refuted = name;
  }
  return refuted === undefined ? NOTHING : { ...NOTHING, hints: [changed(refuted)] };
}

function changed(name: string): Hint {
  const reason = `names a key of ${name} and does not verify with it: changed, cut off or forged`;
  return { trait: "certainty", value: "bad-checksum", reason };
}
