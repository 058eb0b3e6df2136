import { text } from "./claims.ts";
import type { Jose } from "./jose.ts";

/** Bytes of a signature by its algorithm (RFC 7518, 3.2 and 3.4; RFC 8037, 3.1; RFC 8812). */
const LENGTHS: Readonly<Record<string, readonly number[]>> = {
  HS256: [32],
  HS384: [48],
  HS512: [64],
  ES256: [64],
  ES256K: [64],
  ES384: [96],
  ES512: [132],
  EdDSA: [64, 114],
  Ed25519: [64],
  Ed448: [114],
};

/** Says whether the signature cannot be one of its algorithm. RSA's is as long as the modulus: 1024 to 8192 bits. */
export function hasWrongLength({ form, header, signature }: Jose): boolean {
  if (form !== "signed" && form !== "sd-jwt" && form !== "opaque") return false;
  const name = text(header, "alg") ?? "";
  const lengths = Object.hasOwn(LENGTHS, name) ? LENGTHS[name] : undefined;
  if (lengths) return !lengths.includes(signature.length);
  if (!/^[RP]S\d+$/.test(name)) return false;
  return signature.length < 128 || signature.length > 1024 || signature.length % 16 !== 0;
}
