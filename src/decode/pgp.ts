import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import type { Anatomy, Hint } from "../model/index.ts";
import { anatomy, claimed, hint, keyOf, STRUCTURE } from "./anatomy.ts";
import { LOCKED, weakSize } from "./key-strength.ts";
import { packetsOf } from "./pgp-packets.ts";

const STUB = hint(
  "possession",
  "partial",
  "holds no secret part: a stub whose key is kept elsewhere, or on a smart card",
);

/** A PGP private key block (RFC 9580): key type and size, creation, user ids, and whether a passphrase guards it. */
export function decodePgp(secret: string): Anatomy | undefined {
  const packets = packetsOf(unarmored(secret));
  const keys = packets.flatMap(({ tag, body }) =>
    tag === SECRET_KEY || tag === SECRET_SUBKEY ? (keyPacket(body) ?? []) : [],
  );
  const [own] = keys;
  if (!own || packets[0]!.tag !== SECRET_KEY) return undefined;
  const ids = packets.filter(({ tag }) => tag === USER_ID).map(({ body }) => body.toString("utf8"));
  const facts = claimed({
    kind: "PGP private key",
    "key type": own.type,
    bits: own.bits,
    created: new Date(own.created * 1000).toISOString().slice(0, 10),
    "key id": own.id,
    subkeys: keys.length > 1 ? keys.length - 1 : undefined,
    encrypted: keys.some(({ state }) => state === "open") ? "no" : "yes",
  });
  return anatomy({
    facts: [...facts, ...ids.slice(0, MOST_IDS).flatMap((id) => claimed({ "user id": id }))],
    hints: [STRUCTURE, ...stateHints(keys)],
    weaknesses: weakSize(own.type === "RSA" || own.type === "DSA" ? own.type : "", own.bits),
    // Whoever has the key can move its expiry, so none counts.
    ...keyOf({ issued: own.created, expires: "never" }),
  });
}

const SECRET_KEY = 5;
const SECRET_SUBKEY = 7;
const USER_ID = 13;
const MOST_IDS = 8;

/** The bytes of an armored block, without its headers and checksum (RFC 9580, 6.2). */
function unarmored(secret: string): Buffer {
  const text = secret.replace(/\\r|\r/g, "").replaceAll("\\n", "\n");
  const inner =
    /-----BEGIN PGP PRIVATE KEY BLOCK-----\n([\s\S]{1,40000}?)(?:\n=[A-Za-z0-9+/]{4}\s{0,40}\n|-----END)/.exec(
      text,
    )?.[1];
  const body = inner?.replace(/^[ \t]*[A-Za-z]{1,20}: .*\n/gm, "") ?? "";
  return Buffer.from(body.replace(/\s+/g, ""), "base64");
}

interface Key {
  readonly type: string;
  readonly bits: number | undefined;
  /** Epoch seconds. */
  readonly created: number;
  readonly id: string | undefined;
  readonly state: "open" | "locked" | "absent";
}

/** One secret leaves the block useful; a block without any is a stub. */
function stateHints(keys: readonly Key[]): readonly Hint[] {
  if (keys.some(({ state }) => state === "open")) return [];
  return keys.some(({ state }) => state === "locked") ? [LOCKED] : [STUB];
}

/** Public-key algorithms by number (RFC 9580, 9.1), with what stands in the public part: `m` an MPI, `o` an OID, `b` a byte string, or its bytes. */
const ALGORITHMS: Readonly<Record<number, readonly [name: string, layout: string | number]>> = {
  1: ["RSA", "mm"],
  2: ["RSA", "mm"],
  3: ["RSA", "mm"],
  16: ["ElGamal", "mmm"],
  17: ["DSA", "mmmm"],
  18: ["ECDH", "omb"],
  19: ["ECDSA", "om"],
  22: ["EdDSA", "om"],
  25: ["X25519", 32],
  26: ["X448", 56],
  27: ["Ed25519", 32],
  28: ["Ed448", 57],
};

/** Sizes of the curves by the hex of their OID (RFC 9580, 9.2). */
const CURVES: Readonly<Record<string, number>> = {
  "2a8648ce3d030107": 256,
  "2b81040022": 384,
  "2b81040023": 521,
  "2b8104000a": 256,
  "2b06010401da470f01": 256,
  "2b060104019755010501": 256,
};

/** A secret-key packet of version 4 or 6 (RFC 9580, 5.5.3). */
function keyPacket(body: Buffer): Key | undefined {
  const version = body[0];
  if ((version !== 4 && version !== 6) || body.length < 12) return undefined;
  const algorithm = ALGORITHMS[body[5]!];
  if (!algorithm) return undefined;
  const [type, layout] = algorithm;
  const start = version === 6 ? 10 : 6;
  const open = publicPart(body, start, layout);
  if (!open) return undefined;
  return {
    type,
    bits: open.bits ?? (typeof layout === "number" ? layout * 8 : undefined),
    created: body.readUInt32BE(1),
    id: version === 4 ? keyId(body.subarray(0, open.end)) : undefined,
    state: stateOf(body, open.end),
  };
}

function publicPart(
  body: Buffer,
  start: number,
  layout: string | number,
): { readonly end: number; readonly bits?: number } | undefined {
  if (typeof layout === "number") return start + layout < body.length ? { end: start + layout } : undefined;
  let at = start;
  let bits: number | undefined;
  for (const part of layout) {
    if (at + 2 > body.length) return undefined;
    const size = part === "m" ? body.readUInt16BE(at) : body[at]!;
    if (part === "m") bits ??= size;
    if (part === "o") bits = CURVES[body.toString("hex", at + 1, at + 1 + size)];
    at += part === "m" ? 2 + Math.ceil(size / 8) : 1 + size;
  }
  return at < body.length ? { end: at, ...(bits !== undefined && { bits }) } : undefined;
}

/** The last eight bytes of the fingerprint of a version 4 key (RFC 9580, 5.5.4.2). */
function keyId(open: Buffer): string {
  const head = Buffer.from([0x99, open.length >> 8, open.length & 255]);
  return createHash("sha1").update(head).update(open).digest("hex").slice(-16).toUpperCase();
}

/** What guards the secret part (RFC 9580, 3.7.2); GnuPG writes stubs as type 101 (GnuPG `doc/DETAILS`). */
function stateOf(body: Buffer, at: number): Key["state"] {
  if (body[at] === 0) return "open";
  return body[at + 2] === 101 && body.toString("latin1", at + 4, at + 7) === "GNU" ? "absent" : "locked";
}
