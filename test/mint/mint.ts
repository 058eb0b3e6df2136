import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";
import { crc32 } from "node:zlib";
import { BASE62, encodeBaseN } from "../../src/checksum/base-n.ts";
import { ALPHABETS, between, bytes, characters, pick, type Random, uuid } from "./alphabets.ts";
import { formats } from "./formats.ts";
import { pem } from "./keys.ts";

export { type Random, seededRandom } from "./alphabets.ts";

type Maker = (args: readonly string[], random: Random) => string;

// Text in base64 may be JSON, so its template ends at the last of a row of braces. A space after the opening braces
// makes it no template: `${{ secrets.TOKEN }}`, `{{ .Values.token }}`.
const TEMPLATE = /\{\{(?:(b64|b64url) (.*?)\}\}(?!\})|(?=\S)([^{}]*)\}\})/gs;

const makers: Readonly<Record<string, Maker>> = {
  ...Object.fromEntries(Object.keys(ALPHABETS).map((name): [string, Maker] => [name, run(name)])),
  uuid: (_, random) => uuid(random),
  one: (words, random) => pick(words, random),
  pem: (words, random) => pem(words.join(" "), random),
  jwt: (_, random) => jwt(random),
  jwe: (_, random) => jwe(random),
  "jwt-none": (_, random) => `${json({ alg: "none" })}.${json(claims(random))}.`,
  "crc32-base62": ([length], random) => {
    const body = run("alnum")([length!], random);
    return body + encodeBaseN(crc32(body), BASE62, 6);
  },
  "crc32-hex": ([length, separator = ""], random) => {
    const body = run("alnum")([length!], random);
    return body + separator + crc32(body).toString(16).padStart(8, "0");
  },
  mint: ([name, ...args], random) => {
    const format = formats[name ?? ""];
    if (!format) throw new Error(`{{mint ${name}}}: no such format; there are ${Object.keys(formats).join(", ")}`);
    return format(args, random);
  },
};

/** Fills the templates of an example (rules/README.md, "Examples are templates"); the same seed gives the same text. */
export function mint(template: string, random: Random): string {
  return template.replace(TEMPLATE, (_, encoding: string | undefined, text: string, call: string) => {
    if (encoding) return encode(encoding, mint(text.replaceAll("[[", "{{").replaceAll("]]", "}}"), random));
    const [name, ...args] = call.split(" ");
    const maker = makers[name ?? ""];
    if (!maker) throw new Error(`{{${call}}}: no such template; there are ${Object.keys(makers).join(", ")}`);
    return maker(args, random);
  });
}

function encode(encoding: string, text: string): string {
  return Buffer.from(text, "utf8").toString(encoding === "b64" ? "base64" : "base64url");
}

/** `36` characters of the alphabet, or `20-40`. */
function run(alphabet: string): Maker {
  return ([size], random) => {
    const [low, high = low] = (size ?? "").split("-").map(Number);
    if (!low || Number.isNaN(high)) throw new Error(`{{${alphabet} ${size}}}: a length such as 36 or 20-40 is missing`);
    return characters(alphabet, between(low, high!, random), random);
  };
}

function json(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function claims(random: Random): object {
  const issued = between(1_780_000_000, 1_788_000_000, random);
  const sub = characters("lowalnum", 12, random);
  return { iss: "https://login.acme.test/", sub, aud: "https://api.acme.test/", iat: issued, exp: issued + 3600 };
}

function jwt(random: Random): string {
  const signed = `${json({ alg: "HS256", typ: "JWT" })}.${json(claims(random))}`;
  return `${signed}.${createHmac("sha256", bytes(32, random)).update(signed).digest("base64url")}`;
}

function jwe(random: Random): string {
  const parts = [256, 12, 180, 16].map((length) => bytes(length, random).toString("base64url"));
  return [json({ alg: "RSA-OAEP-256", enc: "A256GCM" }), ...parts].join(".");
}
