import { createPublicKey } from "node:crypto";
import { parseJose } from "../decode/jose.ts";
import { verifyWithJwks, verifyWithSecret } from "../decode/verify.ts";
import type { Secret } from "../model/index.ts";
import type { Credential } from "./group.ts";

/** Whether a key found in the scan signs a token found in the scan (`signs`), or is the key it is bound to (`binds`, RFC 7800). */
export async function tryKey(token: Secret, signer: Credential): Promise<"signs" | "binds" | undefined> {
  const compact = token.reveal();
  const jose = parseJose(compact);
  if (!jose || jose.form === "encrypted") return undefined;
  const key = signer.matches[0].secret.reveal();
  const symmetric = typeof jose.header.alg === "string" && jose.header.alg.startsWith("HS");
  if (signer.rule.decoder !== "pem" && signer.rule.decoder !== "jwk") {
    return symmetric && (await secretSigns(compact, key)) ? "signs" : undefined;
  }
  const jwk = publicJwk(key);
  if (!jwk) return undefined;
  if (await bound(jose.claims.cnf, jwk)) return "binds";
  return (await verifyWithJwks(compact, { keys: [jwk] })).verified ? "signs" : undefined;
}

/** The text itself, and what it is when read as base64 or hex: frameworks differ in how they read `JWT_SECRET`. */
async function secretSigns(token: string, secret: string): Promise<boolean> {
  const forms = [Buffer.from(secret, "utf8")];
  if (/^[A-Za-z0-9+/_-]{16,}={0,2}$/.test(secret)) forms.push(Buffer.from(secret, "base64"));
  if (/^(?:[0-9a-f]{2}){16,}$/i.test(secret)) forms.push(Buffer.from(secret, "hex"));
  for (const bytes of forms) if (await verifyWithSecret(token, bytes)) return true;
  return false;
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
