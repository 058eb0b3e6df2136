import { Buffer } from "node:buffer";
import type { Anatomy, Hint } from "../model/index.ts";
import { anatomy, claimed, hint, jsonInBase64, keyOf, STRUCTURE } from "./anatomy.ts";
import { text } from "./claims.ts";
import { bytesOf, fieldsOf } from "./protobuf.ts";

const VAULT_KINDS: Readonly<Record<string, string>> = { s: "service token", b: "batch token", r: "recovery token" };

/** A Vault token; since 1.10 a signed protobuf that may name its namespace (hashicorp/vault, `vault/tokens/token.proto`). */
export function decodeVault(secret: string): Anatomy | undefined {
  const letter = /^(?:hv)?([sbr])\./.exec(secret)?.[1];
  if (!letter) return undefined;
  if (/^(?:hvs\.)?(?:root|myroot|dev-only-token)$/.test(secret))
    return anatomy({ sample: "root token of a development server" });
  const inner = secret.startsWith("hvs.CAES") ? innerToken(Buffer.from(secret.slice(4), "base64url")) : undefined;
  const namespace = /^hvs\.[\w-]{20,40}\.(\w{5})$/.exec(inner ?? secret)?.[1];
  const facts = claimed({ provider: "vault", kind: VAULT_KINDS[letter], namespace });
  const root = letter === "r" ? [hint("power", 5, "a recovery token acts as root")] : [];
  return anatomy({ facts, hints: [...(inner ? [STRUCTURE] : []), ...root] });
}

/** SignedToken.token.random: field 1 of field 3. */
function innerToken(bytes: Buffer): string | undefined {
  const token = bytesOf(fieldsOf(bytes) ?? [], 3)[0];
  const random = token && bytesOf(fieldsOf(token) ?? [], 1)[0];
  return random?.toString("latin1");
}

/** A 1Password service account token: JSON with all key material (developer.1password.com, "Service accounts"). */
export function decodeOnepassword(secret: string): Anatomy | undefined {
  const account = jsonInBase64(secret.replace(/^ops_/, ""));
  const email = account && text(account, "email");
  const host = account && text(account, "signInAddress");
  if (!account || (!email && !host)) return undefined;
  const facts = claimed({ provider: "1password", account: host, email });
  const hints = [
    STRUCTURE,
    hint("power", 5),
    hint("breadth", "multi", "opens the vaults it was given"),
    hint("reach", "mints", "reads other credentials (1Password)"),
    hint("data", "confidential"),
  ];
  return anatomy({ facts, hints, ...keyOf({ ...(host && { issuer: host }), ...(email && { subject: email }) }) });
}

const DOPPLER: Readonly<Record<string, readonly Hint[]>> = {
  pt: [hint("power", 5, "personal token: reads and writes all of the account"), hint("breadth", "multi")],
  ct: [hint("power", 5, "token of the CLI: reads and writes all of the account"), hint("breadth", "multi")],
  st: [hint("power", 4), hint("breadth", "single", "limited to one config")],
  sa: [hint("power", 4), hint("breadth", "multi")],
  said: [hint("power", 4), hint("breadth", "multi"), hint("life", "1h", "an identity token lives minutes")],
  scim: [hint("power", 5, "manages the users of the team"), hint("breadth", "multi")],
  audit: [hint("power", 2, "reads the audit log"), hint("breadth", "multi"), hint("reach", "none")],
};

const CONFIGS: readonly (readonly [RegExp, Hint["value"]])[] = [
  [/^(?:dev|development|local|test|ci)(?:[_-]|$)/, "test"],
  [/^(?:stg|stag|staging|uat|qa|preview)(?:[_-]|$)/, "staging"],
  [/^(?:prd|prod|production|live)(?:[_-]|$)/, "prod"],
];

/** A Doppler token: its kind, and for a service token the config (docs.doppler.com/reference/auth-token-formats). */
export function decodeDoppler(secret: string): Anatomy | undefined {
  const [, kind, config] = /^dp\.([a-z]{2,6})\.(?:([a-z0-9][a-z0-9_-]{0,60})\.)?[A-Za-z0-9]{40,44}$/.exec(secret) ?? [];
  if (!kind || !Object.hasOwn(DOPPLER, kind)) return undefined;
  const environment = CONFIGS.find(([name]) => name.test(config ?? ""))?.[1];
  const staged = environment
    ? [hint("environment", environment as "prod" | "staging" | "test", `config ${config}`)]
    : [];
  return anatomy({ facts: claimed({ provider: "doppler", kind, config }), hints: [...DOPPLER[kind]!, ...staged] });
}
