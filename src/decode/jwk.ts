import type { Anatomy } from "../model/index.ts";
import { anatomy, claimed, hint, jsonOf, keyOf, STRUCTURE } from "./anatomy.ts";
import { type Claims, has, isClaims, objects, text } from "./claims.ts";
import { weakSize } from "./key-strength.ts";

/** A private JSON Web Key, or a set with one (RFC 7517; RFC 7518, section 6). */
export function decodeJwk(secret: string): Anatomy | undefined {
  const whole = jsonOf(secret);
  if (!whole) return undefined;
  const keys = has(whole, "keys") ? objects(whole, "keys") : [whole];
  const own = keys.find(isPrivate);
  if (!own) return keys.some((key) => isClaims(key) && has(key, "kty")) ? publicKeys() : undefined;
  const [type, curve] = [text(own, "kty"), text(own, "crv")];
  const modulus = type === "RSA" ? text(own, "n") : undefined;
  const bits = modulus === undefined ? undefined : Buffer.from(modulus, "base64url").length * 8;
  const facts = claimed({
    kind: [type, curve].filter(Boolean).join(" "),
    bits,
    use: text(own, "use"),
    alg: text(own, "alg"),
    kid: text(own, "kid"),
  });
  return anatomy({
    facts,
    hints: [STRUCTURE, ...mintHints(own)],
    weaknesses: weakSize(type ?? "", bits),
    ...keyOf({ expires: "never" }),
  });
}

function isPrivate(key: Claims): boolean {
  return text(key, "kty") === "oct" ? has(key, "k") : has(key, "d");
}

function publicKeys(): Anatomy {
  return anatomy({ hints: [STRUCTURE, hint("publicByDesign", true, "public by design: it holds no private part")] });
}

function mintHints(key: Claims) {
  if (text(key, "use") === "enc") return [hint("power", 3, "decrypts what is encrypted to it")];
  return [
    hint("power", 5, "signs any token of its issuer"),
    hint("reach", "mints", "can create other credentials"),
    hint("data", "confidential"),
  ];
}
