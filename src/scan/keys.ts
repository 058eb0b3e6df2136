import { createPublicKey } from "node:crypto";
import { confusionWith } from "../decode/confusion.ts";
import { parseJose } from "../decode/jose.ts";
import { verifyWithJwks, verifyWithSecret } from "../decode/verify.ts";
import type { Secret, Weakness } from "../model/index.ts";
import type { Credential } from "./group.ts";

/**
 * What a key found in the scan is to a token found in the scan: it signs it, the token is bound to it (RFC 7800), or its
 * public half was taken for an HMAC key (RFC 8725, 2.1). A weakness is the key's own, or the token's when it confuses.
 */
export interface Fit {
  readonly as: "signs" | "binds" | "confuses";
  readonly weakness?: Weakness;
}

/** Tries one key on one token; undefined when they have nothing to do with each other. */
export async function tryKey(token: Secret, signer: Credential): Promise<Fit | undefined> {
  const compact = token.reveal();
  const jose = parseJose(compact);
  if (!jose || jose.form === "encrypted") return undefined;
  const key = signer.matches[0].secret.reveal();
  const algorithm = typeof jose.header.alg === "string" ? jose.header.alg : "";
  if (signer.rule.decoder !== "pem" && signer.rule.decoder !== "jwk")
    return algorithm.startsWith("HS") ? secretFit(compact, key, algorithm) : undefined;
  const jwk = publicJwk(key);
  if (!jwk) return undefined;
  if (await bound(jose.claims.cnf, jwk)) return { as: "binds" };
  if ((await verifyWithJwks(compact, { keys: [jwk] })).verified) return { as: "signs" };
  const weakness = confusionWith(compact, jwk);
  return weakness?.id === "E3" ? { as: "confuses", weakness } : undefined;
}

/** The text itself, and what it is when read as base64 or hex: frameworks differ in how they read `JWT_SECRET`. */
function secretFit(token: string, secret: string, algorithm: string): Fit | undefined {
  const forms = [Buffer.from(secret, "utf8")];
  if (/^[A-Za-z0-9+/_-]{16,}={0,2}$/.test(secret)) forms.push(Buffer.from(secret, "base64"));
  if (/^(?:[0-9a-f]{2}){16,}$/i.test(secret)) forms.push(Buffer.from(secret, "hex"));
  const key = forms.find((bytes) => verifyWithSecret(token, bytes));
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
