import { adoKind, cask, entraPassword, marvinRole, signatureOf } from "./azure.ts";
import { bech32Remainder, valuesOf } from "./bech32.ts";
import * as crc from "./crc.ts";

export { adoKind, marvinRole, signatureOf } from "./azure.ts";
export { BASE32, BASE36, BASE62, decodeBase32, encodeBaseN } from "./base-n.ts";
export { BECH32, bech32Remainder } from "./bech32.ts";
export { marvin32, marvin64 } from "./marvin32.ts";

/** Whether a secret's checksum fits; undefined when the secret has none to check. */
type Algorithm = (secret: string) => boolean | undefined;

/** A mismatch proves that the token is not live: the algorithm is published, or shown on several real tokens. */
const hard: Readonly<Record<string, Algorithm>> = {
  github: crc.github,
  npm: crc.npm,
  vercel: crc.vercel,
  zuplo: crc.zuplo,
  "gitlab-routable": crc.gitlabRoutable,
  "azure-marvin32": (secret) => (signatureOf(secret) ? marvinRole(secret) !== undefined : undefined),
  "ado-legacy": (secret) => (/^[2-7a-z]{52}$/.test(secret) ? adoKind(secret) !== undefined : undefined),
  age,
};

/** A match proves the token's kind; a mismatch proves nothing. */
const soft: Readonly<Record<string, Algorithm>> = {
  cloudflare: crc.cloudflare,
  atlassian: crc.atlassian,
  grafana: crc.grafana,
  "azure-cask": cask,
  "entra-password": entraPassword,
};

/** The names a rule may give as its `checksum`. */
export const checksumNames: readonly string[] = [...Object.keys(hard), ...Object.keys(soft)];

/** What a token's own checksum says about it, offline; `none` when it says nothing. */
export function checksum(algorithm: string, secret: string): "good" | "bad" | "none" {
  if (Object.hasOwn(hard, algorithm)) {
    const fits = hard[algorithm]!(secret);
    return fits === undefined ? "none" : fits ? "good" : "bad";
  }
  return Object.hasOwn(soft, algorithm) && soft[algorithm]!(secret) ? "good" : "none";
}

/** An age identity: bech32 with the prefix `age-secret-key-` (C2SP age.md, "X25519 identities"; BIP 173). */
function age(secret: string): boolean | undefined {
  const body = /^AGE-SECRET-KEY-1([02-9AC-HJ-NP-Z]{58})$/i.exec(secret)?.[1];
  if (!body) return undefined;
  if (secret !== secret.toUpperCase() && secret !== secret.toLowerCase()) return false;
  return bech32Remainder("age-secret-key-", valuesOf(body.toLowerCase())) === 1;
}
