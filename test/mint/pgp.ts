import { Buffer } from "node:buffer";
import { bytes, type Random } from "./alphabets.ts";
import type { Format } from "./formats.ts";

const CREATED = 1_780_000_000;

/** `pgp [rsa|ed25519] [open|locked|stub] [USER]`: a key block of two packets (RFC 9580, 5.5.3 and 5.11). */
export const pgp: Format = ([type = "rsa", state = "open", user = "ci@acme.io"], random) => {
  const secret = Buffer.concat([publicPart(type, random), guard(state, random)]);
  const whole = Buffer.concat([packet(5, secret), packet(13, Buffer.from(user))]);
  const lines = whole.toString("base64").match(/.{1,64}/g)!;
  const kind = "PGP PRIVATE KEY BLOCK";
  return [`-----BEGIN ${kind}-----`, "Comment: ci", "", ...lines, "=AAAA", `-----END ${kind}-----`].join("\n");
};

function publicPart(type: string, random: Random): Buffer {
  const head = Buffer.alloc(6);
  head[0] = 4;
  head.writeUInt32BE(CREATED, 1);
  head[5] = type === "rsa" ? 1 : 22;
  const curve = Buffer.from("092b06010401da470f01", "hex");
  const rest = type === "rsa" ? [mpi(2048, random), mpi(17, random)] : [curve, mpi(263, random)];
  return Buffer.concat([head, ...rest]);
}

function guard(state: string, random: Random): Buffer {
  if (state === "open") return Buffer.concat([Buffer.from([0]), mpi(2048, random)]);
  if (state === "stub") return Buffer.from([255, 0, 101, 0, ...Buffer.from("GNU"), 1]);
  return Buffer.concat([Buffer.from([254, 9, 3, 8]), bytes(400, random)]);
}

function mpi(bits: number, random: Random): Buffer {
  const size = Buffer.alloc(2);
  size.writeUInt16BE(bits);
  return Buffer.concat([size, bytes(Math.ceil(bits / 8), random)]);
}

function packet(tag: number, body: Buffer): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(body.length);
  return Buffer.concat([Buffer.from([0xc0 | tag, 255]), size, body]);
}
