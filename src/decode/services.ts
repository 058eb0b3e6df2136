import { Buffer } from "node:buffer";
import type { Anatomy } from "../model/index.ts";
import { anatomy, claimed, expiring, hint, jsonInBase64, keyOf, type Parts, STRUCTURE } from "./anatomy.ts";
import { id, number, text } from "./claims.ts";
import { prefixHints } from "./environment.ts";
import { queryOf } from "./query.ts";

/** A JFrog reference token: `reftkn:01:<expiry>:<random>` in base64; ten zeros never expire. */
export function decodeJfrog(secret: string): Anatomy | undefined {
  const expiry = /^reftkn:01:(\d{10}):/.exec(Buffer.from(secret, "base64").toString("latin1"))?.[1];
  if (!expiry) return undefined;
  const expires = Number(expiry) === 0 ? "never" : Number(expiry);
  return anatomy({
    facts: claimed({ provider: "jfrog", kind: "reference token" }),
    hints: [STRUCTURE],
    ...expiring(expires),
  });
}

/** A Mapbox token: `pk` is public, `sk` secret, `tk` temporary; the middle names the account (docs.mapbox.com, "Tokens"). */
export function decodeMapbox(secret: string): Anatomy | undefined {
  const [, kind, body] = /^(pk|sk|tk)\.([\w-]{10,400})\.[\w-]{20,24}$/.exec(secret) ?? [];
  const claims = jsonInBase64(body ?? "");
  const account = claims && text(claims, "u");
  if (!kind || !claims || !account) return undefined;
  if (account === "mapbox") return anatomy({ sample: "documented sample, not a secret: Mapbox documentation" });
  const facts = claimed({ provider: "mapbox", account, token: id(claims, "a") });
  if (kind === "pk")
    return anatomy({
      facts,
      hints: [STRUCTURE, hint("publicByDesign", true, "public by design: a publishable token")],
    });
  const scope = kind === "sk" ? [hint("power", 3)] : [hint("power", 1, "a temporary token")];
  const limits = [hint("breadth", "service"), hint("reach", "none"), hint("data", "internal")];
  const expires = number(claims, "exp") ?? (kind === "sk" ? "never" : undefined);
  return anatomy({ facts, hints: [STRUCTURE, ...scope, ...limits], ...expiring(expires) });
}

/** A Salesforce session id starts with its organization's id (Salesforce, "Session ID"). */
export function decodeSalesforce(secret: string, parts: Parts): Anatomy | undefined {
  const org = /^(00D[A-Za-z0-9]{12,15})!/.exec(secret)?.[1];
  if (!org) return undefined;
  const sandbox = /--[\w-]+\.sandbox\.|\.scratch\.|^test\.salesforce\.com/.test(parts.host ?? "");
  const hints = sandbox ? [hint("environment", "test", "test environment (a sandbox host)")] : [];
  return anatomy({ facts: claimed({ provider: "salesforce", org, host: parts.host }), hints });
}

/** Twilio ids: `AC` an account, `SK` an API key; an id alone opens nothing (twilio.com/docs/iam/api-keys). */
export function decodeTwilio(secret: string, parts: Parts): Anatomy | undefined {
  const ids = [parts.id, parts.account, secret].flatMap(
    (text) => /\b(?:AC|SK)[0-9a-f]{32}\b/.exec(text ?? "")?.[0] ?? [],
  );
  const account = ids.find((sid) => sid.startsWith("AC"));
  const key = ids.find((sid) => sid.startsWith("SK"));
  return ids.length > 0
    ? anatomy({ facts: claimed({ provider: "twilio", account, kind: key ? "API key" : "account" }) })
    : undefined;
}

/** A Terraform Cloud token: its public id stands first (developer.hashicorp.com/terraform/cloud-docs/api-docs). */
export function decodeTerraform(secret: string): Anatomy | undefined {
  const shaped = /^[A-Za-z0-9]{14}\.atlasv1\.[\w=-]{60,70}$/.test(secret);
  return shaped ? anatomy({ facts: claimed({ provider: "terraform", kind: "HCP Terraform token" }) }) : undefined;
}

/** A Sourcegraph token names its instance, `local` or 16 hex digits; older ones name none (sourcegraph.com/docs/cli). */
export function decodeSourcegraph(secret: string): Anatomy | undefined {
  const [shaped, instance] = /^sg[pd]_(?:([0-9a-f]{16}|local)_)?[0-9a-f]{40,64}$/.exec(secret) ?? [];
  if (!shaped) return undefined;
  const test = instance === "local" ? [hint("environment", "test", "test environment (a local instance)")] : [];
  return anatomy({ facts: claimed({ provider: "sourcegraph", instance }), hints: test });
}

/** A new Supabase key: publishable or secret (supabase.com/docs/guides/api/api-keys). */
export function decodeSupabaseKey(secret: string): Anatomy | undefined {
  if (secret.startsWith("sb_publishable_")) {
    return anatomy({ hints: [hint("publicByDesign", true, "public by design: check row level security")] });
  }
  if (!secret.startsWith("sb_secret_")) return undefined;
  const hints = [hint("power", 4, "bypasses row level security"), hint("reach", "mints", "can create users and links")];
  return anatomy({ facts: claimed({ provider: "supabase", kind: "secret key" }), hints });
}

/** A Clerk key; the publishable one holds the host of its instance (clerk.com/docs). */
export function decodeClerk(secret: string): Anatomy | undefined {
  const [, kind, body] = /^(sk|pk)_(?:live|test)_([\w+/=-]{8,200})$/.exec(secret) ?? [];
  if (!kind || !body) return undefined;
  const host =
    kind === "pk" ? /^([\w.-]{4,100})\$$/.exec(Buffer.from(body, "base64").toString("latin1"))?.[1] : undefined;
  const open = kind === "pk" ? [hint("publicByDesign", true, "public by design: a publishable key")] : [];
  return anatomy({ facts: claimed({ provider: "clerk", host }), hints: [...prefixHints(secret), ...open] });
}

/** An Algolia secured key: an HMAC and the parameters that narrow a search key (algolia.com/doc, "Secured API keys"). */
export function decodeAlgoliaSecured(secret: string): Anatomy | undefined {
  const [, parameters] =
    /^[0-9a-f]{64}(\w[^\0-\x1f]{0,2000})$/.exec(Buffer.from(secret, "base64").toString("latin1")) ?? [];
  const query = parameters ? queryOf(parameters) : undefined;
  if (!query || query.size === 0) return undefined;
  const until = query.get("validUntil");
  const facts = claimed({ provider: "algolia", indices: query.get("restrictIndices"), filters: query.get("filters") });
  const hints = [STRUCTURE, hint("power", 1, "searches only"), hint("breadth", "single"), hint("reach", "none")];
  return anatomy({ facts, hints, ...expiring(until && /^\d{9,11}$/.test(until) ? Number(until) : "never") });
}

/** A Tailscale key: its kind and id (tailscale.com/kb/1277, "Key prefixes"). */
export function decodeTailscale(secret: string): Anatomy | undefined {
  const [, kind, key] =
    /^tskey-(api|auth|client|scim|webhook)-([A-Za-z0-9]{6,20})-[A-Za-z0-9]{16,60}$/.exec(secret) ?? [];
  if (!kind) return undefined;
  const hints = {
    api: [hint("power", 4), hint("breadth", "multi"), hint("reach", "mints")],
    auth: [hint("power", 3, "joins machines to the network"), hint("breadth", "multi"), hint("reach", "mints")],
    client: [
      hint("power", 4, "an OAuth client that makes tokens and keys"),
      hint("breadth", "multi"),
      hint("reach", "mints"),
    ],
    scim: [hint("power", 4, "manages the users of the tailnet"), hint("breadth", "multi"), hint("reach", "mints")],
    webhook: [hint("power", 1, "checks webhook signatures"), hint("breadth", "single"), hint("reach", "none")],
  }[kind];
  return anatomy({
    facts: claimed({ provider: "tailscale", kind: `${kind} key`, key }),
    hints: hints ?? [],
    ...(kind === "client" ? keyOf({ expires: "never" }) : {}),
  });
}
