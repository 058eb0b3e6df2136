import { createPublicKey, type KeyObject } from "node:crypto";
import type { Weakness } from "../model/index.ts";
import { type Claims, isClaims, objects, text } from "./claims.ts";
import { parseJose } from "./jose.ts";
import { hmacOf } from "./verify.ts";

/** Most public keys of one set that are tried. */
const MOST = 64;

const FORGED: Omit<Weakness, "text"> = { id: "E3", cwe: [347], references: ["RFC 8725 2.1", "RFC 8725 3.1"] };
const MIXED: Omit<Weakness, "text"> = { id: "E13", cwe: [327, 347], references: ["RFC 8725 3.1"] };

/**
 * What is wrong with an HMAC token next to a public key (RFC 8725, 2.1): that the published key itself is its HMAC key, so
 * somebody made it to confuse a verifier; or that it names a key (`kid`) that makes no HMAC. `keys` is a JWK or a set.
 */
export function confusionWith(token: string, keys: unknown): Weakness | undefined {
  const jose = parseJose(token);
  if (!jose || !text(jose.header, "alg")?.startsWith("HS") || !isClaims(keys)) return undefined;
  const all = "keys" in keys ? objects(keys, "keys") : [keys];
  const open = all.filter((key) => text(key, "kty") !== "oct").slice(0, MOST);
  const isKey = hmacOf(token) ?? (() => false);
  if (open.some((key) => formsOf(key).some(isKey)))
    return {
      ...FORGED,
      text: "its HMAC key is a public key: anyone could make it, to pass a verifier that mixes up the two",
    };
  const named = text(jose.header, "kid");
  return named !== undefined && open.some((key) => text(key, "kid") === named)
    ? { ...MIXED, text: "is signed by HMAC under the id (kid) of a public key, which no sound issuer does" }
    : undefined;
}

const known = new WeakMap<Claims, readonly Uint8Array[]>();

/** A key is mostly tried on many tokens. */
function formsOf(jwk: Claims): readonly Uint8Array[] {
  const forms = known.get(jwk) ?? madeForms(jwk);
  known.set(jwk, forms);
  return forms;
}

/** The bytes that a verifier may hold as its key: PEM with either line end, with and without the last one, DER, the modulus. */
function madeForms(jwk: Claims): readonly Uint8Array[] {
  const key = publicKey(jwk);
  if (!key) return [];
  const types = key.asymmetricKeyType === "rsa" ? (["spki", "pkcs1"] as const) : (["spki"] as const);
  const modulus = text(jwk, "n");
  return [
    ...types.flatMap((type) => [
      ...lineEnds(key.export({ type, format: "pem" }).toString()),
      key.export({ type, format: "der" }),
    ]),
    ...(modulus === undefined ? [] : [Buffer.from(modulus), Buffer.from(modulus, "base64url")]),
  ];
}

function lineEnds(pem: string): readonly Uint8Array[] {
  const bare = pem.trimEnd();
  return [pem, bare, pem.replaceAll("\n", "\r\n"), bare.replaceAll("\n", "\r\n")].map((form) => Buffer.from(form));
}

function publicKey(jwk: Claims): KeyObject | undefined {
  try {
    const members = ["kty", "crv", "x", "y", "n", "e"].flatMap((name) => {
      const value = text(jwk, name);
      return value === undefined ? [] : [[name, value] as const];
    });
    return createPublicKey({ key: Object.fromEntries(members), format: "jwk" });
  } catch {
    // Of a kind that this Node does not know, or no key at all.
    return undefined;
  }
}
