import { Buffer } from "node:buffer";
import { BASE62, decodeBase32, encodeBaseN } from "./base-n.ts";
import { crc32 } from "./crc32.ts";
import { marvin32 } from "./marvin32.ts";

const MESSAGING = ["Send0000", "Listen00", "Manage00", "System00", "Unknown0"];

/** Seeds by signature (microsoft/security-utilities, `IdentifiableMetadata.cs` and `SEC101_199`). */
const SEEDS: Readonly<Record<string, readonly string[]>> = {
  "+ASb": MESSAGING,
  "+AEh": MESSAGING,
  "+ARm": MESSAGING,
  "+ASt": ["Default0"],
  "+ABa": ["AbAcct00"],
  "+AMC": ["Classic0"],
  "+ACR": ["ACRDflt0"],
  "+SQL": ["UsrPwd00"],
  ACDb: ["MastRW00", "MastRO00", "SystRW00", "SystRO00", "SysAll00", "Resour00", "Encryp00"],
  APIM: ["Tenant00", "IoTHub00", "Gatewy00", "GitKey00"],
  AIoT: ["IoTHub00", "DpsKey00", "Device00"],
  AzFu: ["Master00", "System00", "Functi00"],
  AzSe: ["PAdmin00", "Query000"],
  AzCa: ["Access00"],
  AZEG: ["SendRecv"],
};

/** The four characters before an identifiable key's checksum, when they name a known resource provider. */
export function signatureOf(secret: string): string | undefined {
  const signature = /^[\w+/-]{28,600}?(.{4})[\w+/-]{6}={0,2}$/.exec(secret)?.[1] ?? "";
  return Object.hasOwn(SEEDS, signature) ? signature : undefined;
}

/** The seed that an identifiable key's checksum fits, which names the key's role (`IdentifiableSecrets.cs`, ValidateChecksum). */
export function marvinRole(secret: string): string | undefined {
  const signature = signatureOf(secret);
  // Microsoft's own Event Grid vectors use the default seed, so any signature may.
  return signature === undefined ? undefined : [...SEEDS[signature]!, "Default0"].find((seed) => fits(secret, seed));
}

function fits(secret: string, seed: string): boolean {
  const key = Buffer.from(secret, "base64");
  const sum = littleEndian(marvin32(key.subarray(0, -4), seed));
  if (sum.equals(key.subarray(-4))) return true;
  // Azure Cache for Redis writes P for + and F for / (IdentifiableMetadata.cs).
  const summed = Buffer.concat([key.subarray(0, -4), sum]).toString("base64");
  return secret.includes("AzCa") && summed.replaceAll("+", "P").replaceAll("/", "F") === secret;
}

/** A common annotated security key (`IdentifiableSecrets.cs`, TryValidateCommonAnnotatedKey). */
export function cask(secret: string): boolean | undefined {
  if (!/^[A-Za-z0-9]{52}JQQJ9[9DH][A-Za-z0-9+/]{26}(?:[A-Za-z0-9+/]{2}==)?$/.test(secret)) return undefined;
  const sum = littleEndian(marvin32(Buffer.from(secret.slice(0, 80), "base64"), "Default0"));
  const written = secret.slice(80);
  const word = encodeBaseN(sum.readUInt32BE(), BASE62).padEnd(6, "0");
  const base62 = Buffer.from(word, "base64").toString("base64");
  const base64 = sum.subarray(0, written.length === 4 ? 3 : 4).toString("base64");
  return base62.startsWith(written.replace(/=+$/, "")) || base64 === written;
}

const PASSWORD = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890.-_~";

/** An Entra client secret with `8Q~` (`IdentifiableMetadata.cs`, IsAzureAadClientAppIdentifiableSecret). */
export function entraPassword(secret: string): boolean | undefined {
  if (!/^[\w.~-]{3}8Q~[\w.~-]{34}$/.test(secret)) return undefined;
  const sum = marvin32(Buffer.from(secret.slice(0, -3), "latin1"), "AadPwd00");
  return encodeBaseN(sum, PASSWORD, 6).startsWith(secret.slice(-3));
}

/** Whose Azure DevOps token of 52 characters this is; undefined when its checksum fits neither (`SEC101_102_AdoPat.cs`). */
export function adoKind(secret: string): "user" | "application" | undefined {
  const raw = decodeBase32(secret);
  if (raw?.length !== 32) return undefined;
  const body = Buffer.concat([raw.subarray(0, 2), raw.subarray(3, 7), raw.subarray(9, 22), raw.subarray(23)]);
  const written = Buffer.from([raw[22]!, raw[8]!, raw[7]!, raw[2]!]).readUInt32LE();
  const mask = (crc32(body) ^ written) >>> 0;
  if (mask === 0xe0b9692d) return "user";
  return mask === 0x1019f92e ? "application" : undefined;
}

function littleEndian(value: number): Buffer {
  const word = Buffer.alloc(4);
  word.writeUInt32LE(value >>> 0);
  return word;
}
