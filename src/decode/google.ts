import { Buffer } from "node:buffer";
import type { Anatomy } from "../model/index.ts";
import { anatomy, claimed, expiring, hint, jsonOf, keyOf, type Parts, STRUCTURE } from "./anatomy.ts";
import { amzDate } from "./aws.ts";
import { text } from "./claims.ts";
import { queryOf, urlHost } from "./query.ts";

/** OAuth clients of gcloud, which are public. */
const GCLOUD = /^(?:764086051850-|32555940559)/;

const FIELD =
  /"(type|project_id|private_key_id|client_email|client_id|universe_domain|account)"\s*:\s*"([^"\\]{1,200})"/g;

/** A Google credential file, whole or in part: service account key, a person's login, or a configuration (google.aip.dev/auth). */
export function decodeGcpServiceAccount(secret: string, parts: Parts): Anatomy | undefined {
  const whole = jsonOf(secret);
  const loose = Object.fromEntries(
    [...secret.slice(0, 16_384).matchAll(FIELD)].map(([, name, value]) => [name!, value!]),
  );
  const field = (name: string) => (whole ? text(whole, name) : undefined) ?? loose[name] ?? parts[name];
  const type = field("type");
  if (type === "external_account") return anatomy({ hints: [hint("power", 0, "a configuration: it holds no secret")] });
  if (type === "authorized_user") return authorizedUser(field("client_id"));
  const email = field("client_email") ?? parts.email;
  const key = whole ? text(whole, "private_key") : secret;
  if (type !== "service_account" && !email) return undefined;
  const project = field("project_id") ?? /@([a-z0-9-]{6,30})\.iam\.gserviceaccount\.com$/.exec(email ?? "")?.[1];
  const facts = claimed({
    provider: "gcp",
    project,
    account: email,
    key: field("private_key_id"),
    universe: field("universe_domain"),
  });
  const hints = key && isPrivateKey(key) ? [STRUCTURE] : [];
  return anatomy({ facts, hints, ...keyOf({ issuer: "gcp", expires: "never", ...(email && { subject: email }) }) });
}

function authorizedUser(client: string | undefined): Anatomy {
  const gcloud = client !== undefined && GCLOUD.test(client);
  const facts = claimed({ provider: "gcp", kind: "login of a person", client });
  const reason = gcloud ? "can be renewed: gcloud's client secret is public" : "can be renewed: it is a refresh token";
  return anatomy({
    facts,
    hints: [STRUCTURE, hint("refresh", true, reason)],
    ...keyOf({ issuer: "gcp", ...(client && { client }) }),
  });
}

/** PKCS #8 in PEM, with line breaks as JSON writes them or as they are. */
function isPrivateKey(text: string): boolean {
  const body = /-----BEGIN (?:RSA )?PRIVATE KEY-----((?:\\n|[\sA-Za-z0-9+/=]){400,8000})/.exec(text)?.[1];
  return body !== undefined && Buffer.from(body.replaceAll("\\n", ""), "base64")[0] === 0x30;
}

/** A signed URL of Cloud Storage, version 4 or 2 (cloud.google.com/storage/docs/authentication/signatures). */
export function decodeGcsSignedUrl(secret: string): Anatomy | undefined {
  const query = queryOf(secret);
  if (!query.has("X-Goog-Signature") && !(query.has("GoogleAccessId") && query.has("Signature"))) return undefined;
  const account = query.get("X-Goog-Credential")?.split("/")[0] ?? query.get("GoogleAccessId");
  const project = /@([a-z0-9-]{6,30})\.iam\.gserviceaccount\.com$/.exec(account ?? "")?.[1];
  const signed = amzDate(query.get("X-Goog-Date"));
  const lasting = Number(query.get("X-Goog-Expires") ?? Number.NaN);
  const until = /^\d{9,11}$/.test(query.get("Expires") ?? "") ? Number(query.get("Expires")) : undefined;
  const expires =
    signed !== undefined && Number.isFinite(lasting) ? signed + Math.min(Math.max(lasting, 0), 604_800) : until;
  const writes = /content-type|x-goog-(?:resumable|acl)/.test(query.get("X-Goog-SignedHeaders") ?? "");
  const power = writes ? hint("power", 3, "signed for an upload") : hint("power", 2, "signed for one object");
  const facts = claimed({ provider: "gcp", project, account, host: urlHost(secret), bucket: bucketOf(secret) });
  const hints = [STRUCTURE, power, hint("breadth", "single"), hint("reach", "none"), hint("data", "internal")];
  return anatomy({ facts, hints, ...expiring(expires) });
}

function bucketOf(url: string): string | undefined {
  return /^https?:\/\/(?:storage\.googleapis\.com\/([\w.-]{3,222})|([\w.-]{3,222})\.storage\.googleapis\.com)/
    .exec(url)
    ?.slice(1)
    .find(Boolean);
}
