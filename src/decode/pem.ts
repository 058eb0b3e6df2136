import { Buffer } from "node:buffer";
import { createHash, createPublicKey, type KeyObject } from "node:crypto";
import type { Anatomy } from "../model/index.ts";
import { anatomy, claimed, keyOf, proved, STRUCTURE } from "./anatomy.ts";
import { LOCKED, MD5_GUARDED, weakSize } from "./key-strength.ts";
import { decodePgp } from "./pgp.ts";
import { decodeSshKey } from "./ssh.ts";

/** A PEM private key (RFC 7468, RFC 1421): its kind and size, its public half, and whether a passphrase guards it. */
export function decodePem(secret: string): Anatomy | undefined {
  const kind = /-----BEGIN ([A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?)-----/.exec(secret)?.[1];
  if (!kind) return undefined;
  if (kind === "OPENSSH PRIVATE KEY") return decodeSshKey(secret);
  if (kind.startsWith("PGP")) return decodePgp(secret) ?? anatomy({ facts: claimed({ kind }) });
  const old = /Proc-Type:\s*4,ENCRYPTED/.test(secret);
  const locked = old || kind.startsWith("ENCRYPTED");
  const bytes = bodyOf(secret);
  const key = locked ? undefined : publicHalf(secret);
  const family = key?.asymmetricKeyType?.replace(/^(?:rsa|dsa|ec)/, (name) => name.toUpperCase()) ?? "";
  const bits = key?.asymmetricKeyDetails?.modulusLength;
  return anatomy({
    facts: [
      ...claimed({ kind, encrypted: locked ? "yes" : "no", ...(locked && lockOf(secret, bytes)) }),
      ...proved({ "key type": family, ...(key && sizeOf(key)), fingerprint: key && fingerprintOf(key) }),
    ],
    hints: [...(bytes[0] === 0x30 ? [STRUCTURE] : []), ...(locked ? [LOCKED] : [])],
    weaknesses: [...weakSize(family.slice(0, 3), bits), ...(old ? [MD5_GUARDED] : [])],
    ...keyOf({ expires: "never" }),
  });
}

/** The first bytes, behind RFC 1421 headers if there are any. */
function bodyOf(secret: string): Buffer {
  const text =
    /PRIVATE KEY-----(?:\\n|\\r|\s)*(?:[A-Za-z-]+:[^\n\\]{0,100}(?:\\n|\\r|\s)+){0,4}([A-Za-z0-9+/\s]{8,400})/.exec(
      secret,
    )?.[1];
  return Buffer.from(text ?? "", "base64");
}

/** The public half of an open key; undefined when the text is cut, changed, or of a kind that this Node does not know. */
function publicHalf(secret: string): KeyObject | undefined {
  const lines = secret
    .replace(/\\r?\\n|\\n/g, "\n")
    .replace(/[^\S\n]+$/gm, "")
    .replace(/^[^\S\n]+/gm, "");
  try {
    return createPublicKey(lines);
  } catch {
    // What OpenSSL says of it may repeat the text.
    return undefined;
  }
}

function sizeOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): {
  readonly bits?: number;
  readonly curve?: string;
} {
  const { modulusLength, namedCurve } = asymmetricKeyDetails ?? {};
  if (modulusLength) return { bits: modulusLength };
  const bits = Number(/\d{3}/.exec(namedCurve ?? asymmetricKeyType?.replace("25519", "256") ?? "")?.[0]);
  return { ...(bits && { bits }), ...(namedCurve && { curve: namedCurve }) };
}

/** SHA-256 of the public key (RFC 5280, SubjectPublicKeyInfo), as GitHub shows it for the keys of an App. */
function fingerprintOf(key: KeyObject): string {
  const der = key.export({ type: "spki", format: "der" });
  return `SHA256:${createHash("sha256").update(der).digest("base64")}`;
}

/** Object identifiers of what guards a PKCS #8 key (RFC 8018, appendix A; RFC 7914, 7; NIST CSOR), in DER. */
const GUARDS: readonly (readonly [name: "cipher" | "key derivation", hex: string, shown: string])[] = [
  ["key derivation", "2a864886f70d01050c", "PBKDF2"],
  ["key derivation", "2b06010401da47040b", "scrypt"],
  ["cipher", "60864801650304012a", "AES-256-CBC"],
  ["cipher", "608648016503040116", "AES-192-CBC"],
  ["cipher", "608648016503040102", "AES-128-CBC"],
  ["cipher", "2a864886f70d0307", "DES-EDE3-CBC"],
];

function lockOf(secret: string, bytes: Buffer): Readonly<Record<string, string | undefined>> {
  const legacy = /DEK-Info:\s*([A-Z0-9-]{1,30}),/.exec(secret)?.[1];
  if (legacy) return { cipher: legacy };
  const head = bytes.subarray(0, 200).toString("hex");
  const found = (wanted: string) => GUARDS.find(([name, hex]) => name === wanted && head.includes(hex))?.[2];
  return { cipher: found("cipher"), "key derivation": found("key derivation") };
}
