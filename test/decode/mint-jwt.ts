import { createHmac } from "node:crypto";

/** Bytes of a signature by its algorithm. */
const LENGTHS: Readonly<Record<string, number>> = {
  HS256: 32,
  HS384: 48,
  HS512: 64,
  RS256: 256,
  PS256: 256,
  ES256: 64,
  ES384: 96,
  EdDSA: 64,
};

export type Json = Readonly<Record<string, unknown>>;

/** The clock of the test vectors: 2026-09-01T00:00:00Z. */
export const NOW = 1_788_220_800;

export const MINUTE = 60;
export const HOUR = 3600;
export const DAY = 86_400;

/** Base64url of a text or of JSON. */
export function encode(value: Json | string): string {
  return Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
}

/** A compact JWS with a signature of the right length that verifies with nothing; none for `alg` none. */
export function mintJwt(claims: Json | string, header: Json = {}): string {
  const full = { alg: "RS256", typ: "JWT", ...header };
  const length = LENGTHS[full.alg] ?? 0;
  return `${encode(full)}.${encode(claims)}.${Buffer.alloc(length, 7).toString("base64url")}`;
}

/** A compact JWS signed with an HMAC key. */
export function mintHmac(claims: Json, key: string, hash = "sha256", alg = "HS256"): string {
  const signed = `${encode({ alg, typ: "JWT" })}.${encode(claims)}`;
  return `${signed}.${createHmac(hash, key).update(signed).digest("base64url")}`;
}

/** A compact JWE that decrypts to nothing. */
export function mintJwe(header: Json): string {
  return [encode(header), "", encode("iv"), encode("ciphertext"), encode("tag")].join(".");
}
