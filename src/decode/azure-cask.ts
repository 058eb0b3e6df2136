import { adoKind, checksum } from "../checksum/index.ts";
import type { Anatomy } from "../model/index.ts";
import { anatomy, claimed, hint, keyOf, type Parts, proved, STRUCTURE } from "./anatomy.ts";

/** Services by signature (microsoft/security-utilities, `LegacyCaskProviderSignatures.cs`). */
const PROVIDERS: Readonly<Record<string, string>> = {
  AZAC: "App Configuration",
  AZCS: "Communication Services",
  AZDO: "Azure DevOps",
  AZEG: "Event Grid",
  AZFR: "Fluid Relay",
  AZMP: "Maps",
  AZMR: "Mixed Reality",
  ACOG: "Cognitive Services or Azure OpenAI",
  MSQL: "SQL Server",
};

const YEAR_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** A common annotated security key: when it was made, and for whom (`IdentifiableSecrets.cs`, CommonAnnotatedKeyRegexPattern). */
export function decodeAzureCask(secret: string): Anatomy | undefined {
  const [, kind, year, month, signature] =
    /^[A-Za-z0-9]{52}JQQJ9([9DH])([A-Za-z0-9])([A-L])[A-Za-z0-9+/]{16}([A-Za-z0-9]{4})/.exec(secret) ?? [];
  if (!kind || !year || !month || !signature) return undefined;
  if (kind === "H") return anatomy({ sample: "a hash made with a key, not a key" });
  const made = { year: 2024 + YEAR_LETTERS.indexOf(year), month: month.charCodeAt(0) - 64 };
  const provider = signature.toUpperCase();
  const created = `${made.year}-${String(made.month).padStart(2, "0")}`;
  const words = {
    provider: "azure",
    service: PROVIDERS[provider],
    created,
    ...(kind === "D" && { kind: "derived key" }),
  };
  const facts = checksum("azure-cask", secret) === "good" ? proved(words) : claimed(words);
  const issued = Date.UTC(made.year, made.month - 1) / 1000;
  // An Azure DevOps token lives a year at most, from some day of the month it was made in.
  const expires = Date.UTC(made.year + 1, made.month) / 1000;
  return anatomy({ facts, hints: [STRUCTURE], ...keyOf({ issued, ...(provider === "AZDO" && { expires }) }) });
}

/** An Azure DevOps token: a common annotated key, or 52 characters of base32 whose checksum tells user from application. */
export function decodeAdo(secret: string): Anatomy | undefined {
  const kind = adoKind(secret);
  if (!kind) return decodeAzureCask(secret);
  return anatomy({ facts: proved({ provider: "azure", service: "Azure DevOps", kind: `${kind} token` }) });
}

/** An Entra client secret: with tenant and client id beside it, it signs in as the application. */
export function decodeEntraPassword(secret: string, parts: Parts): Anatomy | undefined {
  const generation = /^[\w.~-]{3}([78])Q~/.exec(secret)?.[1];
  if (!generation) return undefined;
  const facts = claimed({ provider: "azure", kind: "client secret", client: parts.client, tenant: parts.tenant });
  const whole = parts.client && parts.tenant;
  return anatomy({ facts, hints: whole ? [hint("possession", "bearer", "tenant and client id stand beside it")] : [] });
}
