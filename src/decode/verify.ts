import { createHmac, timingSafeEqual } from "node:crypto";
import type { JWK } from "jose";
import { ScanError } from "../model/index.ts";
import { type Claims, isClaims, list, NO_CLAIMS, objects, text } from "./claims.ts";
import { parseJose, unwrap } from "./jose.ts";

/** What a key proves about a token. A failure with a key of the token's own `kid` means that the token was changed. */
export type Verification =
  | { readonly verified: true; readonly algorithm: string; readonly keyId?: string }
  | { readonly verified: false; readonly keyIdMatched: boolean };

const RSA = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"];
const HMAC = ["HS256", "HS384", "HS512"];
const CURVES: Readonly<Record<string, readonly string[]>> = {
  "P-256": ["ES256"],
  "P-384": ["ES384"],
  "P-521": ["ES512"],
  Ed25519: ["EdDSA", "Ed25519"],
};

/** Tries every key of a JWK set (RFC 7517, 5), or a single key, each only with algorithms that the key itself allows. */
export async function verifyWithJwks(token: string, jwks: unknown): Promise<Verification> {
  const keys = keysOf(jwks);
  const compact = unwrap(token).token;
  const header = parseJose(token)?.header ?? NO_CLAIMS;
  for (const key of keys) {
    const algorithm = await verifyWithKey(compact, key, text(header, "alg"));
    if (algorithm) return { verified: true, algorithm, ...keyIdOf(key) };
  }
  const wanted = text(header, "kid");
  return { verified: false, keyIdMatched: wanted !== undefined && keys.some((key) => text(key, "kid") === wanted) };
}

function keysOf(jwks: unknown): readonly Claims[] {
  if (!isClaims(jwks)) throw new ScanError("jwks-invalid", "a JWK set is a JSON object with a list `keys`");
  if (Array.isArray(jwks.keys)) return objects(jwks, "keys");
  if (text(jwks, "kty")) return [jwks];
  throw new ScanError("jwks-invalid", "a JWK set is a JSON object with a list `keys`, and this one has none");
}

function keyIdOf(key: Claims): { readonly keyId?: string } {
  const keyId = text(key, "kid");
  return keyId === undefined ? {} : { keyId };
}

/** The algorithms a key may verify with (RFC 7518, 3.1; RFC 8037, 3.1): the token has no say in it. */
function algorithmsOf(key: Claims): readonly string[] {
  const operations = list(key, "key_ops");
  if (
    text(key, "use") === "enc" ||
    (operations.length > 0 && !operations.some((name) => /^(?:verify|sign)$/.test(name)))
  )
    return [];
  const own = familyOf(key);
  const named = text(key, "alg");
  return named === undefined ? own : own.filter((algorithm) => algorithm === named);
}

function familyOf(key: Claims): readonly string[] {
  switch (text(key, "kty")) {
    case "RSA":
      return RSA;
    case "oct":
      return HMAC;
    case "EC":
    case "OKP": {
      const curve = text(key, "crv") ?? "";
      return Object.hasOwn(CURVES, curve) ? CURVES[curve]! : [];
    }
    default:
      return [];
  }
}

/** One of the key's own algorithms, if it is the one that the token claims. */
async function verifyWithKey(token: string, key: Claims, claimed: string | undefined): Promise<string | undefined> {
  const algorithm = algorithmsOf(key).find((each) => each === claimed);
  if (algorithm === undefined) return undefined;
  const { compactVerify, importJWK } = await import("jose");
  try {
    await compactVerify(token, await importJWK(publicPart(key, algorithm), algorithm), { algorithms: [algorithm] });
    return algorithm;
  } catch {
    // Of another key, or changed: the caller tells these apart by the key id.
    return undefined;
  }
}

/** The members that verify: a private key, or `key_ops` that only sign, would not import for it. */
function publicPart(key: Claims, alg: string): JWK {
  const members = ["kty", "crv", "x", "y", "n", "e", "k"].flatMap((name) => {
    const value = text(key, name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(members), alg } as JWK;
}

const HASHES: Readonly<Record<string, string>> = { HS256: "sha256", HS384: "sha384", HS512: "sha512" };

/**
 * Says whether these bytes are the HMAC key of a token (RFC 7518, 3.2). An empty key is tried like any other. Give it
 * only what is meant to be secret: that a public key fits proves a forgery (RFC 8725, 2.1), not a leak.
 */
export function verifyWithSecret(token: string, secret: Uint8Array): boolean {
  return hmacOf(token)?.(secret) ?? false;
}

/** The same for many secrets; undefined for a token that no HMAC signs. */
export function hmacOf(token: string): ((secret: Uint8Array) => boolean) | undefined {
  const compact = unwrap(token).token;
  const jose = parseJose(compact);
  const hash = jose && (jose.form === "signed" || jose.form === "opaque") ? hashOf(jose.header) : undefined;
  if (!hash) return undefined;
  const { signature } = jose!;
  const signed = compact.slice(0, compact.lastIndexOf("."));
  return (secret) => {
    const expected = createHmac(hash, secret).update(signed).digest();
    return expected.length === signature.length && timingSafeEqual(expected, signature);
  };
}

function hashOf(header: Claims): string | undefined {
  const name = text(header, "alg") ?? "";
  return Object.hasOwn(HASHES, name) ? HASHES[name] : undefined;
}
