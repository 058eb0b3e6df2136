import { Buffer } from "node:buffer";
import { createPrivateKey, createPublicKey } from "node:crypto";
import type { Anatomy } from "../model/index.ts";
import { anatomy, claimed, keyOf, proved } from "./anatomy.ts";

const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** The first second that a KSUID counts (segmentio/ksuid). */
const KSUID_EPOCH = 1_400_000_000;

/** ngrok's tokens begin with a KSUID, which holds when it was made. */
export function decodeNgrok(secret: string): Anatomy | undefined {
  const id = /^([0-9A-Za-z]{27})_/.exec(secret)?.[1];
  if (!id) return undefined;
  const value = [...id].reduce((sum, char) => sum * 62n + BigInt(BASE62.indexOf(char)), 0n);
  const seconds = value >> 128n;
  if (seconds > 0xffff_ffffn) return undefined;
  const issued = Number(seconds) + KSUID_EPOCH;
  const created = new Date(issued * 1000).toISOString().slice(0, 10);
  return anatomy({ facts: claimed({ provider: "ngrok", created }), ...keyOf({ issued, expires: "never" }) });
}

/** What stands before an X25519 private key in PKCS #8 (RFC 8410, 7). */
const X25519 = Buffer.from("302e020100300506032b656e04220420", "hex");

/** A WireGuard private key: its public key is the name under which its peers know it. */
export function decodeWireguard(secret: string): Anatomy | undefined {
  const raw = Buffer.from(secret, "base64");
  if (raw.length !== 32) return undefined;
  const key = createPublicKey(createPrivateKey({ key: Buffer.concat([X25519, raw]), format: "der", type: "pkcs8" }));
  const open = key.export({ type: "spki", format: "der" }).subarray(-32).toString("base64");
  return anatomy({ facts: proved({ "public key": open }), ...keyOf({ expires: "never" }) });
}
