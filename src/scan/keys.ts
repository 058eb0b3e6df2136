import { createPublicKey } from "node:crypto";
import { confusionWith } from "../decode/confusion.ts";
import { parseJose } from "../decode/jose.ts";
import { hmacOf, verifyWithJwks } from "../decode/verify.ts";
import type { Rule, Secret, Weakness } from "../model/index.ts";

/**
 * What a key found in the scan is to a token found in the scan: it signs it, the token is bound to it (RFC 7800), or its
 * public half was taken for an HMAC key (RFC 8725, 2.1). A weakness is the key's own, or the token's when it confuses.
 */
export interface Fit {
  readonly as: "signs" | "binds" | "confuses";
  readonly weakness?: Weakness;
}

/** What of a credential tells whether it is the key of a token. */
export interface Signer {
  readonly rule: Pick<Rule, "decoder">;
  readonly matches: readonly [{ readonly secret: Secret }, ...unknown[]];
}

/** A token and a key as they are tried: each is opened once, and tried often. */
interface OpenToken {
  readonly compact: string;
  readonly algorithm: string;
  readonly confirmation: unknown;
  readonly isKey: (secret: Uint8Array) => boolean;
}
type OpenKey =
  | { readonly kind: "secret"; readonly forms: readonly Uint8Array[] }
  | { readonly kind: "public"; readonly jwk: Jwk };

const tokens = new WeakMap<Secret, OpenToken | { readonly algorithm: undefined }>();
const keys = new WeakMap<Signer, OpenKey | { readonly kind: "none" }>();

/** Tries one key on one token; undefined when they have nothing to do with each other. */
export async function tryKey(secret: Secret, signer: Signer): Promise<Fit | undefined> {
  const token = tokens.get(secret) ?? openToken(secret);
  tokens.set(secret, token);
  if (token.algorithm === undefined) return undefined;
  const key = keys.get(signer) ?? openKey(signer);
  keys.set(signer, key);
  if (key.kind === "none") return undefined;
  if (key.kind === "secret") return secretFit(token, key.forms);
  if (await bound(token.confirmation, key.jwk)) return { as: "binds" };
  if ((await verifyWithJwks(token.compact, { keys: [key.jwk] })).verified) return { as: "signs" };
  const weakness = confusionWith(token.compact, key.jwk);
  return weakness?.id === "E3" ? { as: "confuses", weakness } : undefined;
}

function openToken(secret: Secret): OpenToken | { readonly algorithm: undefined } {
  const compact = secret.reveal();
  const jose = parseJose(compact);
  if (!jose || jose.form === "encrypted") return { algorithm: undefined };
  const algorithm = typeof jose.header.alg === "string" ? jose.header.alg : "";
  return { compact, algorithm, confirmation: jose.claims.cnf, isKey: hmacOf(compact) ?? (() => false) };
}

function openKey({ rule: { decoder }, matches }: Signer): OpenKey | { readonly kind: "none" } {
  const key = matches[0].secret.reveal();
  if (decoder !== "pem" && decoder !== "jwk") return { kind: "secret", forms: formsOf(key) };
  const jwk = publicJwk(key);
  return jwk ? { kind: "public", jwk } : { kind: "none" };
}

/** The text itself, and what it is when read as base64 or hex: frameworks differ in how they read `JWT_SECRET`. */
function formsOf(secret: string): readonly Uint8Array[] {
  const forms = [Buffer.from(secret, "utf8")];
  if (/^[A-Za-z0-9+/_-]{16,}={0,2}$/.test(secret)) forms.push(Buffer.from(secret, "base64"));
  if (/^(?:[0-9a-f]{2}){16,}$/i.test(secret)) forms.push(Buffer.from(secret, "hex"));
  return forms;
}

function secretFit({ isKey, algorithm }: OpenToken, forms: readonly Uint8Array[]): Fit | undefined {
  const key = forms.find(isKey);
  return key && { as: "signs", ...shortness(key.length, algorithm) };
}

/** RFC 7518, 3.2: an HMAC key is at least as long as its hash. */
function shortness(length: number, algorithm: string): { readonly weakness?: Weakness } {
  const needed = Number(algorithm.slice(2)) / 8;
  if (length >= needed) return {};
  const text = `is shorter than the ${needed} bytes that ${algorithm} asks for: whoever has a token it signed can try to guess it`;
  return { weakness: { id: "E2", text, cwe: [326, 521], references: ["RFC 8725 3.5", "RFC 7518 3.2"] } };
}

type Jwk = Record<string, unknown>;

function publicJwk(text: string): Jwk | undefined {
  try {
    if (!text.includes("-----BEGIN")) {
      const { d: _d, p: _p, q: _q, dp: _dp, dq: _dq, qi: _qi, ...open } = JSON.parse(text) as Jwk;
      return open;
    }
    const pem = text.replace(/\\r?\\n|\\n/g, "\n");
    return createPublicKey(pem).export({ format: "jwk" }) as Jwk;
  } catch {
    return undefined;
  }
}

/** `cnf.jkt` is the SHA-256 thumbprint of the key (RFC 9449, 6.1; RFC 7638). */
async function bound(cnf: unknown, jwk: Jwk): Promise<boolean> {
  const wanted = (cnf as { jkt?: unknown } | undefined)?.jkt;
  if (typeof wanted !== "string" || jwk.kty === "oct") return false;
  const { calculateJwkThumbprint } = await import("jose");
  return (await calculateJwkThumbprint(jwk as never)) === wanted;
}
