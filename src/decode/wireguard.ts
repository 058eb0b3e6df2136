import { Buffer } from "node:buffer";
import { createPrivateKey, createPublicKey } from "node:crypto";
import type { Anatomy } from "../model/index.ts";
import { anatomy, keyOf, proved } from "./anatomy.ts";

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
