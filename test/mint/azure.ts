import { Buffer } from "node:buffer";
import { crc32 } from "node:zlib";
import { BASE32, BASE62, encodeBaseN } from "../../src/checksum/base-n.ts";
import { marvin32 } from "../../src/checksum/marvin32.ts";
import { bytes, characters, pick, type Random } from "./alphabets.ts";
import type { Format } from "./formats.ts";

/** Key length in bytes by signature (microsoft/security-utilities, `*IdentifiableKey.cs`). */
const LENGTHS: Readonly<Record<string, number>> = {
  ...Object.fromEntries(["+ASt", "ACDb", "+ABa", "+AMC", "APIM"].map((signature) => [signature, 64])),
  ...Object.fromEntries(["+ASb", "+AEh", "+ARm", "AIoT", "AzCa", "AZEG"].map((signature) => [signature, 32])),
  AzFu: 40,
  AzSe: 39,
  "+ACR": 39,
};

/** Key length in bytes by characters, padding included. */
const BYTES: Readonly<Record<string, number>> = { 88: 64, 56: 40, 52: 39, 44: 32 };

/** Signatures whose keys use letters and digits only; Functions keys are base64url. */
const WORD_ONLY = new Set(["AzSe", "AzCa"]);

/** `azure-key LABEL SIGNATURE [CHARACTERS]`: a key whose checksum fits the seed (IdentifiableSecrets.cs, GenerateBase64KeyHelper). */
export const azureKey: Format = ([label = "Default0", signature = "+ASt", length], random) => {
  const size = BYTES[length ?? ""] ?? LENGTHS[signature];
  if (!size) throw new Error(`{{mint azure-key ${label} ${signature}}}: no such signature`);
  for (;;) {
    const key = identifiableKey(label, signature, size, random);
    const body = key.replace(signature, "");
    if (signature === "AzFu") return key.replaceAll("+", "-").replaceAll("/", "_");
    if (!WORD_ONLY.has(signature) || !/[+/]/.test(body)) return key;
  }
};

function identifiableKey(label: string, signature: string, size: number, random: Random): string {
  const before = Math.floor(((size - 4) * 8) / 6) - 4;
  const alphabet = WORD_ONLY.has(signature) ? "alnum" : "base64";
  const text = characters(alphabet, before, random) + signature + "A".repeat(6);
  const body = Buffer.from(text, "base64").subarray(0, size - 4);
  return Buffer.concat([body, littleEndian(marvin32(body, label))]).toString("base64");
}

function littleEndian(value: number): Buffer {
  const word = Buffer.alloc(4);
  word.writeUInt32LE(value >>> 0);
  return word;
}

/** `azure-cask PROVIDER [YEAR-MONTH] [KIND]`: a common annotated key; KIND 9 is a key, D derived, H hashed. */
export const azureCask: Format = ([provider = "AZDO", month = "2026-03", kind = "9"], random) => {
  const [year, number] = month.split("-").map(Number);
  const stamp = String.fromCharCode(65 + year! - 2024, 64 + number!);
  const core = `${characters("alnum", 52, random)}JQQJ9${kind}${stamp}AC${"A".repeat(13)}S${provider}`;
  const sum = littleEndian(marvin32(Buffer.from(core, "base64"), "Default0")).readUInt32BE();
  return core + encodeBaseN(sum, BASE62).padEnd(6, "0").slice(0, 4);
};

const PASSWORD = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890.-_~";

/** `entra-secret`: a client secret with the `8Q~` signature. */
export const entraSecret: Format = (_, random) => {
  const text = `${characters("alnum", 3, random)}8Q~${passwordCharacters(31, random)}`;
  return text + encodeBaseN(marvin32(Buffer.from(text), "AadPwd00"), PASSWORD, 6).slice(0, 3);
};

function passwordCharacters(length: number, random: Random): string {
  return Array.from({ length }, () => pick([...PASSWORD], random)).join("");
}

/** `ado-legacy [user|application]`: a 52-character Azure DevOps token (SEC101_102_AdoPat.cs). */
export const adoLegacy: Format = ([kind = "user"], random) => {
  const raw = bytes(32, random);
  const body = Buffer.concat([raw.subarray(0, 2), raw.subarray(3, 7), raw.subarray(9, 22), raw.subarray(23, 32)]);
  const sum = littleEndian(crc32(body) ^ (kind === "user" ? 0xe0b9692d : 0x1019f92e));
  for (const [at, place] of [22, 8, 7, 2].entries()) raw[place] = sum[at]!;
  return encodeBase32(raw).slice(0, 52).toLowerCase();
};

/** Unpadded base32 (RFC 4648, section 6). */
export function encodeBase32(raw: Uint8Array): string {
  const bits = [...raw].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return (bits.match(/.{1,5}/g) ?? []).map((five) => BASE32[Number.parseInt(five.padEnd(5, "0"), 2)]).join("");
}

/** `azure-sas account|blob|container|logic [sp=… se=… sip=…]`: a URL with a shared access signature; later fields win. */
export const azureSas: Format = ([kind = "blob", ...fields], random) => {
  const sig = encodeURIComponent(bytes(32, random).toString("base64"));
  const given = new URLSearchParams({ sv: "2024-11-04", se: "2026-09-01T00:40:00Z", spr: "https", ...SAS[kind] });
  for (const field of fields) given.set(field.split("=")[0]!, field.slice(field.indexOf("=") + 1));
  if (kind === "logic") {
    const workflow = characters("hex", 32, random);
    return `https://prod-12.westeurope.logic.azure.com:443/workflows/${workflow}/triggers/manual/paths/invoke?api-version=2016-10-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=${sig.replace(/%3D$/, "")}`;
  }
  const query = [...given].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
  return `https://acmefiles.blob.core.windows.net/${kind === "account" ? "" : "reports/2026.csv"}?${query}&sig=${sig}`;
};

const SAS: Readonly<Record<string, Record<string, string>>> = {
  account: { ss: "bfqt", srt: "sco", sp: "rwdlacup" },
  blob: { sr: "b", sp: "r" },
  container: { sr: "c", sp: "rl" },
};
