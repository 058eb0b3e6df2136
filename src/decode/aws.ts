import { Buffer } from "node:buffer";
import { decodeBase32 } from "../checksum/index.ts";
import type { Anatomy, Fact } from "../model/index.ts";
import { anatomy, claimed, expiring, hint, keyOf, type Parts, STRUCTURE } from "./anatomy.ts";
import { queryOf, urlHost } from "./query.ts";

/** What the first four letters say (AWS IAM User Guide, "Understanding unique ID prefixes"). */
const KINDS: Readonly<Record<string, string>> = {
  AKIA: "access key",
  ASIA: "temporary access key",
  ABIA: "service bearer token",
  ACCA: "context-specific credential",
  AIDA: "user id",
  AROA: "role id",
  AGPA: "group id",
  AIPA: "instance profile id",
  ANPA: "managed policy id",
  APKA: "public key",
  ASCA: "certificate",
};

const SAMPLE_ACCOUNTS = new Set(["123456789012", "111122223333", "444455556666", "000000000000"]);

/** Accounts of canarytokens.org and of its imitators (trufflesecurity/trufflehog, `access_keys/canary.go`). */
const CANARY_ACCOUNTS = new Set(
  `052310077262 171436882533 534261010715 595918472158 717712589309 819147034852 992382622183 730335385048 266735846894
   893192397702 044858866125 251535659677 344043088457 351906852752 390477818340 426127672474 427150556519 439872796651
   445142720921 465867158099 637958123769 693412236332 732624840810 735421457923 959235150393 982842642351`.split(
    /\s+/,
  ),
);

/** An access key id, alone or beside its secret: its kind, and the account it decodes to. */
export function decodeAwsKeyId(secret: string, parts: Parts): Anatomy | undefined {
  const id = /(?:A[A-Z]{3}|L[KS]IA)[A-Z0-9]{12,28}/.exec(parts.id ?? secret)?.[0];
  if (!id) return undefined;
  if (id.endsWith("EXAMPLE")) return anatomy({ sample: "documented sample, not a secret: AWS documentation" });
  if (/^L[KS]IA/.test(id)) return anatomy({ sample: "key of the LocalStack emulator" });
  const account = accountOf(id);
  const facts = claimed({ provider: "aws", kind: KINDS[id.slice(0, 4)], account });
  if (account === undefined) return anatomy({ facts });
  if (SAMPLE_ACCOUNTS.has(account)) return anatomy({ facts, sample: `account ${account} of the AWS documentation` });
  return CANARY_ACCOUNTS.has(account)
    ? canary(facts)
    : anatomy({ facts, ...keyOf({ issuer: "aws", subject: account }) });
}

function canary(facts: readonly Fact[]): Anatomy {
  const reason = "canary token: it reaches nothing, and its owner is alerted when it is used";
  const hints = [hint("power", 1, reason), hint("breadth", "single"), hint("reach", "none"), hint("data", "internal")];
  return anatomy({ facts: [...facts, ...claimed({ canary: "yes: do not use it" })], hints });
}

/** The account in a key id (Tal Be'ery, "A short note on AWS KEY ID"); older keys, with I or J first, hold none. */
function accountOf(id: string): string | undefined {
  const bytes = /^A[A-Z]{3}[A-HK-Z2-7][A-Z2-7]{15}$/.test(id) ? decodeBase32(id.slice(4)) : undefined;
  if (!bytes) return undefined;
  const first = BigInt(`0x${Buffer.from(bytes.subarray(0, 6)).toString("hex")}`);
  const account = (first & 0x7fffffffff80n) >> 7n;
  return account < 1_000_000_000_000n ? String(account).padStart(12, "0") : undefined;
}

/** A presigned URL (AWS Signature Version 4, query string; or version 2 with `AWSAccessKeyId`). */
export function decodeAwsPresigned(secret: string): Anatomy | undefined {
  const query = queryOf(secret);
  if (!query.has("X-Amz-Signature") && !query.has("Signature")) return undefined;
  const headers = query.get("X-Amz-SignedHeaders") ?? "";
  const writes = /content-(?:type|md5|length)|x-amz-(?:acl|meta|checksum)/.test(headers);
  const power = writes ? hint("power", 3, "presigned for an upload") : hint("power", 2, "presigned for one object");
  const limits = [hint("breadth", "single"), hint("reach", "none"), hint("data", "internal")];
  const facts = [...signer(query), ...claimed({ host: urlHost(secret) })];
  return anatomy({ facts, hints: [STRUCTURE, power, ...limits], ...expiring(presignedUntil(query)) });
}

/** A `kubectl` token for EKS: a presigned request good for 15 minutes (aws-iam-authenticator, `pkg/token/token.go`). */
export function decodeAwsEks(secret: string): Anatomy | undefined {
  const query = queryOf(Buffer.from(secret.replace(/^k8s-aws-v1\./, ""), "base64").toString("latin1"));
  const signed = amzDate(query.get("X-Amz-Date"));
  if (signed === undefined) return undefined;
  return anatomy({ facts: signer(query), hints: [STRUCTURE], ...keyOf({ issued: signed, expires: signed + 15 * 60 }) });
}

/** An Amazon Bedrock API key: long-term with its account, short-term with its signer (Bedrock User Guide, "API keys"). */
export function decodeAwsBedrock(secret: string): Anatomy | undefined {
  if (secret.startsWith("ABSK")) {
    const text = Buffer.from(secret.slice(4), "base64").toString("latin1");
    const account = /^\0?.{0,2}BedrockAPIKey-[\w+=,.@-]{1,64}-at-(\d{12}):/s.exec(text)?.[1];
    return account
      ? anatomy({ facts: claimed({ provider: "aws", account, service: "bedrock" }), hints: [STRUCTURE] })
      : undefined;
  }
  const query = queryOf(Buffer.from(secret.replace(/^bedrock-api-key-/, ""), "base64").toString("latin1"));
  if (!query.has("X-Amz-Credential")) return undefined;
  return anatomy({ facts: signer(query), hints: [STRUCTURE], ...expiring(presignedUntil(query)) });
}

/** Account, region and service of the key that signed. */
function signer(query: ReadonlyMap<string, string>): readonly Fact[] {
  const [id = "", , region, service] = (query.get("X-Amz-Credential") ?? query.get("AWSAccessKeyId") ?? "").split(
    "/",
    5,
  );
  const session = query.has("X-Amz-Security-Token") ? "ends with the session that signed it" : undefined;
  return claimed({ provider: "aws", account: accountOf(id), region, service, session });
}

function presignedUntil(query: ReadonlyMap<string, string>): number | undefined {
  const lasting = Number(query.get("X-Amz-Expires") ?? Number.NaN);
  const signed = amzDate(query.get("X-Amz-Date"));
  if (signed !== undefined && Number.isFinite(lasting)) return signed + Math.min(Math.max(lasting, 0), 7 * 86_400);
  const until = query.get("Expires");
  return until && /^\d{9,11}$/.test(until) ? Number(until) : undefined;
}

/** `20260901T000000Z` as epoch seconds. */
export function amzDate(text: string | undefined): number | undefined {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text ?? "") ?? [];
  if (!year) return undefined;
  const milliseconds = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(milliseconds) ? undefined : milliseconds / 1000;
}
