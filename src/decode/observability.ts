import { Buffer } from "node:buffer";
import { type Anatomy, printable } from "../model/index.ts";
import { anatomy, claimed, hint, jsonInBase64, keyOf, STRUCTURE } from "./anatomy.ts";
import { id, number, object, text } from "./claims.ts";
import { serverHints } from "./hosts.ts";

/** A Sentry organization token names its organization and region; user tokens and DSNs do not decode (getsentry/rfcs, 0091). */
export function decodeSentry(secret: string): Anatomy | undefined {
  if (/^https?:\/\/[0-9a-f]{32}(?::[0-9a-f]{32})?@[^/]{1,200}\/\d+$/.test(secret)) {
    return anatomy({ hints: [hint("publicByDesign", true, "public by design: a DSN only sends events")] });
  }
  if (secret.startsWith("sntryu_")) return anatomy({ facts: claimed({ provider: "sentry", kind: "user token" }) });
  const claims = jsonInBase64(/^sntrys_([\w+/=-]{20,600}={0,2})_[\w+/-]{40,60}$/.exec(secret)?.[1] ?? "");
  const org = claims && text(claims, "org");
  if (!claims || !org) return undefined;
  const region = text(claims, "region_url");
  const facts = claimed({ provider: "sentry", kind: "organization token", org, region });
  const issued = number(claims, "iat");
  const host = region && URL.canParse(region) ? new URL(region).hostname : undefined;
  const scope = [
    hint("power", 3, "uploads source maps and releases"),
    hint("breadth", "service"),
    hint("reach", "none"),
    hint("data", "internal"),
  ];
  const times = { expires: "never" as const, ...(issued !== undefined && { issued: Math.floor(issued) }) };
  return anatomy({
    facts,
    hints: [STRUCTURE, ...scope, ...serverHints(host)],
    ...keyOf({ issuer: printable(text(claims, "url") ?? "sentry"), subject: org, ...times }),
  });
}

/** Grafana: cloud policies name organization and region, older API keys their organization (`pkg/components/apikeygen`). */
export function decodeGrafana(secret: string): Anatomy | undefined {
  if (secret.startsWith("glsa_"))
    return anatomy({ facts: claimed({ provider: "grafana", kind: "service account token" }) });
  const cloud = secret.startsWith("glc_");
  const claims = jsonInBase64(cloud ? secret.slice(4) : secret);
  if (!claims || text(claims, "k") === undefined) return undefined;
  const org = id(claims, cloud ? "o" : "id");
  const region = text(object(claims, "m"), "r");
  const kind = cloud ? "cloud access policy token" : "API key";
  const facts = claimed({ provider: "grafana", kind, org, name: text(claims, "n"), region });
  return anatomy({ facts, hints: [STRUCTURE], ...(org ? keyOf({ issuer: "grafana", subject: org }) : {}) });
}

/** An Elasticsearch API key in base64: its id and its key (elastic.co, "Create API key"). */
export function decodeElasticsearch(secret: string): Anatomy | undefined {
  const key = /^([\w-]{20}):[\w-]{22}$/.exec(Buffer.from(secret, "base64").toString("latin1"))?.[1];
  return key === undefined ? undefined : anatomy({ facts: claimed({ provider: "elastic", key }), hints: [STRUCTURE] });
}
