import { type Claims, NO_CLAIMS, objects, text } from "./claims.ts";
import { parseJsonObject } from "./jose-json.ts";

/** Longest text that is read as one token. */
const MAX_LENGTH = 64 * 1024;
/** A token in a token, and no deeper. */
const MAX_NESTING = 2;

/**
 * What the parts are (RFC 7515, RFC 7516, RFC 7519 section 6, RFC 7515 appendix F, RFC 9901); `opaque` is a
 * signed payload that is no JSON object.
 */
export type Form = "signed" | "unsecured" | "encrypted" | "detached" | "sd-jwt" | "opaque";

/** A JOSE object taken apart. Nothing in it is verified, and only `header` and `claims` may be shown. */
export interface Jose {
  readonly form: Form;
  readonly header: Claims;
  /** Empty when encrypted, detached or opaque. */
  readonly claims: Claims;
  readonly signature: Uint8Array;
  /** What stood before the token and belongs to it: `ghs_<app id>`, `wrkaus`. */
  readonly prefix?: string;
  /** Disclosures of an SD-JWT. */
  readonly disclosures: number;
  /** Ways in which two parsers may read this token differently (RFC 8725, 2.6). */
  readonly oddities: readonly string[];
}

/** Takes a compact or JSON-serialized JOSE object apart; undefined when it is none. */
export function parseJose(secret: string): Jose | undefined {
  if (secret.length > MAX_LENGTH) return undefined;
  const { token, prefix } = unwrap(secret);
  const jose = token.startsWith("{") ? parseSerialized(token) : parseCompact(token, 1);
  return jose && prefix !== undefined ? { ...jose, prefix } : jose;
}

/** The compact token inside what was found: without `Bearer`, percent encoding, line breaks and vendor prefix. */
export function unwrap(secret: string): { readonly token: string; readonly prefix?: string } {
  const plain = secret.replace(/^\s*bearer\s+/i, "").replace(/%(?:2[bdef]|3d|5f|7e)/gi, decodeURIComponent);
  if (plain.trimStart().startsWith("{")) return { token: plain.trim() };
  const token = plain.replace(/\s+/g, "");
  const wrapped = /^(?:(ghs_[A-Za-z0-9]+)_|(wrka[a-z]{0,8})-)(?=ey)/.exec(token);
  if (!wrapped) return { token };
  return { token: token.slice(wrapped[0].length), prefix: wrapped[1] ?? wrapped[2]! };
}

function parseCompact(token: string, nesting: number): Jose | undefined {
  const [compact, ...disclosures] = token.split("~");
  const parts = compact!.split(".");
  if (parts.length < 2 || parts.length > 5) return undefined;
  const bytes = parts.map(decode);
  if (bytes.includes(undefined)) return undefined;
  const oddities = new Set<string>();
  for (const part of bytes) if (part!.odd) oddities.add(part!.odd);
  const header = readObject(bytes[0]!.bytes, "header", oddities);
  if (!header) return undefined;
  const jose = fromParts(header, parts, bytes as readonly Part[], oddities, nesting);
  if (!jose || disclosures.length === 0 || jose.form !== "signed") return jose;
  // The last part is the key binding token, or empty (RFC 9901, 4).
  return { ...jose, form: "sd-jwt", disclosures: disclosures.length - 1 };
}

function fromParts(
  header: Claims,
  parts: readonly string[],
  bytes: readonly Part[],
  oddities: Set<string>,
  nesting: number,
): Jose | undefined {
  const base = { header, claims: NO_CLAIMS, disclosures: 0, signature: bytes[2]?.bytes ?? NO_BYTES };
  if (parts.length === 5) {
    return text(header, "enc")
      ? { ...base, form: "encrypted", signature: NO_BYTES, oddities: [...oddities] }
      : undefined;
  }
  if (parts.length > 3 || !isSignedHeader(header)) return undefined;
  // Some makers of unsecured tokens leave the last dot out.
  if (parts.length === 2 && !isNone(header)) return undefined;
  if (parts[1] === "" || header.b64 === false) {
    return parts[2] ? { ...base, form: "detached", oddities: [...oddities] } : undefined;
  }
  const inner =
    nesting < MAX_NESTING && /jwt$/i.test(text(header, "cty") ?? "") ? nested(bytes[1]!, nesting) : undefined;
  if (inner) return inner;
  const claims = readObject(bytes[1]!.bytes, "payload", oddities);
  if (!claims) return isKnown(header) ? { ...base, form: "opaque", oddities: [...oddities] } : undefined;
  const form = isUnsecured(header, parts[2] ?? "") ? "unsecured" : "signed";
  return { ...base, form, claims, oddities: [...oddities] };
}

/** RFC 7519, 5.2: with `cty` JWT the payload is itself a JWT. */
function nested(payload: Part, nesting: number): Jose | undefined {
  const token = readText(payload.bytes);
  return token === undefined ? undefined : parseCompact(token, nesting + 1);
}

/** The general and the flattened JSON serialization with one signature looked at (RFC 7515, 7.2). */
function parseSerialized(json: string): Jose | undefined {
  const parsed = parseJsonObject(json)?.object;
  if (!parsed) return undefined;
  const signer = objects(parsed, "signatures")[0] ?? parsed;
  const [head, payload, signature] = [text(signer, "protected"), text(parsed, "payload"), text(signer, "signature")];
  return head && signature ? parseCompact(`${head}.${payload ?? ""}.${signature}`, 1) : undefined;
}

/** A session of itsdangerous also is three parts, the first JSON; but its header names no algorithm and no type. */
function isSignedHeader(header: Claims): boolean {
  return text(header, "alg") !== undefined || text(header, "typ") !== undefined;
}

const ALGORITHMS = /^(?:[HRP]S(?:256|384|512)|ES(?:256K?|384|512)|EdDSA|Ed25519|Ed448|ML-DSA-\d+)$/;

/** TeamCity's tokens (`typ` TCV2) have no `alg`, and a payload that only the server reads. */
function isKnown(header: Claims): boolean {
  return ALGORITHMS.test(text(header, "alg") ?? "") || text(header, "typ") === "TCV2";
}

function isUnsecured(header: Claims, signature: string): boolean {
  return signature === "" || isNone(header);
}

function isNone(header: Claims): boolean {
  return /^none$/i.test(text(header, "alg") ?? "none");
}

interface Part {
  readonly bytes: Uint8Array;
  readonly odd?: string;
}

const NO_BYTES = new Uint8Array();

/** Base64url (RFC 7515, 2), and what lenient readers also take: padding, the standard alphabet, trailing bits. */
function decode(part: string): Part | undefined {
  if (!/^[A-Za-z0-9_+/-]*={0,2}$/.test(part)) return undefined;
  const bare = part.replace(/=+$/, "").replaceAll("+", "-").replaceAll("/", "_");
  if (bare.length % 4 === 1) return undefined;
  const bytes = Buffer.from(bare, "base64url");
  if (bare !== part) return { bytes, odd: "padding or the standard alphabet of base64" };
  return bytes.toString("base64url") === bare ? { bytes } : { bytes, odd: "trailing bits in base64url" };
}

function readText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function readObject(bytes: Uint8Array, where: string, oddities: Set<string>): Claims | undefined {
  const json = readText(bytes);
  const marked = json?.startsWith("\uFEFF") ?? false;
  const parsed = parseJsonObject(marked ? json!.slice(1) : (json ?? ""));
  if (!parsed) return undefined;
  if (marked) oddities.add(`a byte order mark in its ${where}`);
  if (parsed.duplicate) oddities.add(`a member twice in its ${where}`);
  return parsed.object;
}
