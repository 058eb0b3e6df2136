import { Buffer } from "node:buffer";
import { bytes, characters, type Random } from "./alphabets.ts";

/** Bytes of the DER inside, by kind of PEM block. */
const SIZES: Readonly<Record<string, number>> = {
  "RSA PRIVATE KEY": 1190,
  "PRIVATE KEY": 1216,
  "ENCRYPTED PRIVATE KEY": 1322,
  "EC PRIVATE KEY": 118,
  "DSA PRIVATE KEY": 444,
  "PGP PRIVATE KEY BLOCK": 900,
};

/** A PEM block (RFC 7468) around random bytes, or a well-formed key for `OPENSSH PRIVATE KEY`. */
export function pem(kind: string, random: Random): string {
  if (kind === "OPENSSH PRIVATE KEY") return opensshKey("ci@build", false, random);
  const gap = kind.startsWith("PGP") ? "\n" : "";
  return block(kind, Buffer.concat([sequence(SIZES[kind] ?? 600), bytes(SIZES[kind] ?? 600, random)]), gap);
}

/** A legacy key under a passphrase (RFC 1421, section 4.6). */
export function encryptedPem(random: Random): string {
  const head = `Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,${characters("HEX", 32, random)}\n\n`;
  return block("RSA PRIVATE KEY", bytes(1192, random), head);
}

/** An ed25519 key as `ssh-keygen` writes it (OpenSSH, PROTOCOL.key). */
export function opensshKey(comment: string, encrypted: boolean, random: Random): string {
  const type = Buffer.from("ssh-ed25519");
  const key = bytes(32, random);
  const publicKey = strings(type, key);
  const check = bytes(4, random);
  const open = Buffer.concat([
    check,
    check,
    strings(type, key, Buffer.concat([bytes(32, random), key]), Buffer.from(comment)),
  ]);
  const padded = Buffer.concat([open, Buffer.from([1, 2, 3, 4, 5, 6, 7, 8]).subarray(0, (8 - (open.length % 8)) % 8)]);
  const [cipher, kdf] = encrypted ? ["aes256-ctr", "bcrypt"] : ["none", "none"];
  const options = encrypted ? Buffer.concat([strings(bytes(16, random)), Buffer.from([0, 0, 0, 16])]) : Buffer.alloc(0);
  const secret = encrypted ? bytes(Math.ceil(padded.length / 16) * 16, random) : padded;
  const head = strings(Buffer.from(cipher!), Buffer.from(kdf!), options);
  const whole = [Buffer.from("openssh-key-v1\0"), head, Buffer.from([0, 0, 0, 1]), strings(publicKey, secret)];
  return block("OPENSSH PRIVATE KEY", Buffer.concat(whole), "", 70);
}

/** `ssh-rsa BITS`: an RSA key in OpenSSH's form, locked, whose numbers are noise. */
export function opensshRsa(bits: number, random: Random): string {
  const head = strings(Buffer.from("aes256-ctr"), Buffer.from("bcrypt"), bytes(24, random));
  const locked = bytes(1024, random);
  const whole = [
    Buffer.from("openssh-key-v1\0"),
    head,
    Buffer.from([0, 0, 0, 1]),
    strings(rsaPublic(bits, random), locked),
  ];
  return block("OPENSSH PRIVATE KEY", Buffer.concat(whole), "", 70);
}

function rsaPublic(bits: number, random: Random): Buffer {
  const modulus = Buffer.concat([Buffer.from([0, 0x80 | bytes(1, random)[0]!]), bytes(bits / 8 - 1, random)]);
  return strings(Buffer.from("ssh-rsa"), Buffer.from([1, 0, 1]), modulus);
}

/** `putty CIPHER COMMENT`: a PuTTY private key file of version 3 (PuTTY manual, appendix C). */
export function putty(cipher: string, comment: string, random: Random): string {
  const lines = (body: Buffer) => body.toString("base64").match(/.{1,64}/g)!;
  const [open, secret] = [lines(rsaPublic(2048, random)), lines(bytes(600, random))];
  const locked = cipher === "none" ? [] : ["Key-Derivation: Argon2id", "Argon2-Memory: 8192"];
  const head = ["PuTTY-User-Key-File-3: ssh-rsa", `Encryption: ${cipher}`, `Comment: ${comment}`];
  const rest = [`Private-Lines: ${secret.length}`, ...secret, `Private-MAC: ${characters("hex", 64, random)}`, ""];
  return [...head, `Public-Lines: ${open.length}`, ...open, ...locked, ...rest].join("\n");
}

/** SSH strings: four bytes of length, then the bytes (RFC 4251, section 5). */
function strings(...values: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    values.flatMap((value) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(value.length);
      return [length, value];
    }),
  );
}

/** The start of a DER sequence that long. */
function sequence(length: number): Buffer {
  return length < 256 ? Buffer.from([0x30, 0x81, length]) : Buffer.from([0x30, 0x82, length >> 8, length & 255]);
}

function block(kind: string, body: Buffer, head = "", width = 64): string {
  const lines = body.toString("base64").match(new RegExp(`.{1,${width}}`, "g"))!;
  return [`-----BEGIN ${kind}-----`, head + lines.join("\n"), `-----END ${kind}-----`].join("\n");
}
