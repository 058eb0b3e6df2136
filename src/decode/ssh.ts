import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import type { Anatomy } from "../model/index.ts";
import { anatomy, claimed, hint, keyOf, STRUCTURE } from "./anatomy.ts";
import { LOCKED, weakSize } from "./key-strength.ts";

/** The first bytes of every OpenSSH private key. */
const MAGIC = "openssh-key-v1\0";

const ON_TOKEN = hint("possession", "partial", "works only together with the security key it was made on (FIDO)");

/** An OpenSSH private key (openssh-portable, `PROTOCOL.key`): type, size, encryption, comment, fingerprint of the public key. */
export function decodeSshKey(secret: string): Anatomy | undefined {
  const body = /-----BEGIN OPENSSH PRIVATE KEY-----((?:\\n|\\r|[\sA-Za-z0-9+/=]){100,20000})/.exec(secret)?.[1];
  if (!body) return undefined;
  const bytes = Buffer.from(body.replace(/\\[nr]/g, ""), "base64");
  if (bytes.toString("latin1", 0, MAGIC.length) !== MAGIC) return undefined;
  const [cipher, kdf, , publicKey, open] = sshStrings(bytes, MAGIC.length, ["s", "s", "s", "n", "s", "s"]);
  if (!cipher || !kdf || !publicKey) return undefined;
  const locked = cipher.toString("latin1") !== "none";
  return sshAnatomy({
    publicKey,
    ...(locked && { cipher: cipher.toString("latin1"), kdf: kdf.toString("latin1") }),
    ...(!locked && open && { comment: commentOf(open) }),
  });
}

/** A PuTTY private key file, versions 2 and 3 (PuTTY manual, appendix C). */
export function decodePutty(secret: string): Anatomy | undefined {
  const [head, type] = /^PuTTY-User-Key-File-[23]: ([a-z0-9@.-]{6,60})\r?\n/.exec(secret) ?? [];
  const lines = /\nPublic-Lines: \d{1,3}\r?\n((?:[A-Za-z0-9+/=]{1,80}\r?\n){1,200})/.exec(secret)?.[1];
  if (!head || !lines) return undefined;
  const publicKey = Buffer.from(lines, "base64");
  if (sshStrings(publicKey, 0, ["s"])[0]?.toString("latin1") !== type) return undefined;
  const field = (name: string) => new RegExp(`\\n${name}: ([^\\r\\n]{1,200})`).exec(secret)?.[1];
  const cipher = field("Encryption");
  return sshAnatomy({
    publicKey,
    ...(cipher !== "none" && { cipher, kdf: field("Key-Derivation") }),
    comment: field("Comment"),
  });
}

interface SshKey {
  readonly publicKey: Buffer;
  /** Absent when no passphrase guards it. */
  readonly cipher?: string | undefined;
  readonly kdf?: string | undefined;
  readonly comment?: string | undefined;
}

function sshAnatomy({ publicKey, cipher, kdf, comment }: SshKey): Anatomy {
  const kind = sshStrings(publicKey, 0, ["s"])[0]?.toString("latin1");
  const bits = bitsOf(publicKey, kind);
  const onToken = kind?.startsWith("sk-") ?? false;
  const facts = claimed({
    kind,
    bits,
    encrypted: cipher === undefined ? "no" : "yes",
    cipher,
    "key derivation": kdf,
    comment,
    fingerprint: `SHA256:${createHash("sha256").update(publicKey).digest("base64").replace(/=+$/, "")}`,
  });
  return anatomy({
    facts,
    hints: [STRUCTURE, ...(cipher === undefined ? [] : [LOCKED]), ...(onToken ? [ON_TOKEN] : [])],
    weaknesses: weakSize(kind === "ssh-rsa" ? "RSA" : kind === "ssh-dss" ? "DSA" : "", bits),
    ...keyOf({ expires: "never" }),
  });
}

/** RFC 4253, 6.6 (RSA: `e`, then `n`; DSA: `p`); RFC 5656, 3.1; RFC 8709, 4. */
function bitsOf(publicKey: Buffer, kind: string | undefined): number | undefined {
  const [, first, second] = sshStrings(publicKey, 0, ["s", "s", "s"]);
  if (kind === "ssh-rsa") return second && bitLength(second);
  if (kind === "ssh-dss") return first && bitLength(first);
  if (kind?.includes("ed25519")) return 256;
  return kind?.includes("nistp") ? Number(/nistp(\d{3})/.exec(kind)?.[1]) || undefined : undefined;
}

function bitLength(integer: Buffer): number {
  const start = integer.findIndex((byte) => byte !== 0);
  return start < 0 ? 0 : (integer.length - start) * 8 - (Math.clz32(integer[start]!) - 24);
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
