import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import type { Anatomy } from "../model/index.ts";
import { anatomy, claimed, hint, jsonOf, keyOf, STRUCTURE } from "./anatomy.ts";
import { type Claims, has, isClaims, objects, text } from "./claims.ts";

const ENCRYPTED = hint("possession", "partial", "encrypted: useless without its passphrase");

/** The first bytes of every OpenSSH private key. */
const MAGIC = "openssh-key-v1\0";

/** An OpenSSH private key (openssh-portable, `PROTOCOL.key`): type, encryption, comment, fingerprint of the public key. */
export function decodeSshKey(secret: string): Anatomy | undefined {
  const body = /-----BEGIN OPENSSH PRIVATE KEY-----((?:\\n|\\r|[\sA-Za-z0-9+/=]){100,20000})/.exec(secret)?.[1];
  if (!body) return undefined;
  const bytes = Buffer.from(body.replace(/\\[nr]/g, ""), "base64");
  if (bytes.toString("latin1", 0, MAGIC.length) !== MAGIC) return undefined;
  const [cipher, kdf, , publicKey, open] = sshStrings(bytes, MAGIC.length, ["s", "s", "s", "n", "s", "s"]);
  if (!cipher || !kdf || !publicKey) return undefined;
  const [type] = sshStrings(publicKey, 0, ["s"]);
  const locked = cipher.toString("latin1") !== "none";
  const comment = locked || !open ? undefined : commentOf(open);
  const fingerprint = `SHA256:${createHash("sha256").update(publicKey).digest("base64").replace(/=+$/, "")}`;
  const facts = claimed({ kind: type?.toString("latin1"), encrypted: locked ? "yes" : "no", comment, fingerprint });
  return anatomy({ facts, hints: [STRUCTURE, ...(locked ? [ENCRYPTED] : [])], ...keyOf({ expires: "never" }) });
}

/** Reads strings (`s`) and skips numbers (`n`); stops where the bytes end (RFC 4251, section 5). */
function sshStrings(bytes: Buffer, start: number, layout: readonly ("s" | "n")[]): readonly Buffer[] {
  const strings: Buffer[] = [];
  let at = start;
  for (const kind of layout) {
    if (at + 4 > bytes.length) break;
    const length = kind === "s" ? bytes.readUInt32BE(at) : 0;
    at += 4 + length;
    if (at > bytes.length) break;
    if (kind === "s") strings.push(bytes.subarray(at - length, at));
  }
  return strings;
}

/** The last string of an open key, before the padding 1, 2, 3, … */
function commentOf(open: Buffer): string | undefined {
  const strings = sshStrings(
    open,
    8,
    Array.from({ length: 10 }, () => "s" as const),
  );
  const comment = strings.at(-1)?.toString("utf8");
  return comment && strings.length > 2 && /^[\x20-\x7e]{1,100}$/.test(comment) ? comment : undefined;
}

/** A PEM private key (RFC 7468, RFC 1421): its kind, and whether a passphrase guards it. */
export function decodePem(secret: string): Anatomy | undefined {
  const kind = /-----BEGIN ([A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?)-----/.exec(secret)?.[1];
  if (!kind) return undefined;
  if (kind === "OPENSSH PRIVATE KEY") return decodeSshKey(secret);
  const locked = kind.startsWith("ENCRYPTED") || /Proc-Type:\s*4,ENCRYPTED/.test(secret);
  const first = /PRIVATE KEY(?: BLOCK)?-----(?:\\n|\\r|\s)*([A-Za-z0-9+/]{8})/.exec(secret)?.[1];
  const parses = first !== undefined && Buffer.from(first, "base64")[0] === 0x30;
  const facts = claimed({ kind, encrypted: locked ? "yes" : "no" });
  return anatomy({
    facts,
    hints: [...(parses ? [STRUCTURE] : []), ...(locked ? [ENCRYPTED] : [])],
    ...keyOf({ expires: "never" }),
  });
}

/** A private JSON Web Key, or a set with one (RFC 7517; RFC 7518, section 6). */
export function decodeJwk(secret: string): Anatomy | undefined {
  const whole = jsonOf(secret);
  if (!whole) return undefined;
  const keys = has(whole, "keys") ? objects(whole, "keys") : [whole];
  const own = keys.find(isPrivate);
  if (!own) return keys.some((key) => isClaims(key) && has(key, "kty")) ? publicKeys() : undefined;
  const [type, curve] = [text(own, "kty"), text(own, "crv")];
  const facts = claimed({
    kind: curve ? `${type} ${curve}` : type,
    use: text(own, "use"),
    alg: text(own, "alg"),
    kid: text(own, "kid"),
  });
  return anatomy({ facts, hints: [STRUCTURE, ...mintHints(own)], ...keyOf({ expires: "never" }) });
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
