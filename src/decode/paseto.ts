import { Buffer } from "node:buffer";
import type { Anatomy } from "../model/index.ts";
import { anatomy, claimed, epoch, hint, jsonOf, STRUCTURE } from "./anatomy.ts";
import { list, text, words } from "./claims.ts";

/** Bytes of signature behind the message, by version (paseto-standard/paseto-spec, "Protocol versions"). */
const SIGNATURES: Readonly<Record<string, number>> = { v1: 256, v2: 64, v3: 96, v4: 64 };

/** A PASETO token: `public` ones are signed and readable, `local` ones encrypted; their footer is readable. */
export function decodePaseto(secret: string): Anatomy | undefined {
  const [, version, purpose, body, footer] =
    /^(v[1-4])\.(public|local)\.([\w-]{40,16000})(?:\.([\w-]{1,2000}))?$/.exec(secret) ?? [];
  if (!version || !purpose || !body) return undefined;
  const key = footer ? jsonOf(Buffer.from(footer, "base64url").toString("utf8")) : undefined;
  const base = claimed({ version, purpose, key: key && text(key, "kid") });
  if (purpose === "local")
    return anatomy({ facts: base, hints: [hint("power", 3, "encrypted: its contents are unknown")] });
  const bytes = Buffer.from(body, "base64url");
  const claims = jsonOf(bytes.subarray(0, -SIGNATURES[version]!).toString("utf8"));
  if (!claims) return undefined;
  const field = (name: string) => text(claims, name);
  const facts = [...base, ...claimed({ iss: field("iss"), aud: field("aud") })];
  const expires = epoch(field("exp"));
  const issued = epoch(field("iat"));
  const notBefore = epoch(field("nbf"));
  const audiences = list(claims, "aud");
  return anatomy({
    facts,
    hints: [STRUCTURE],
    authority: {
      dictionary: "generic",
      kind: "unknown",
      scopes: [...words(claims, "scope"), ...list(claims, "permissions")],
      roles: [...list(claims, "roles"), ...list(claims, "role")],
      ...(audiences.length > 0 && { audiences }),
      ...(field("iss") && { issuer: field("iss")! }),
      // A person's address is nobody else's business.
      ...(field("sub") && !/[@\s]/.test(field("sub")!) && { subject: field("sub")! }),
      ...(issued !== undefined && { issued }),
      ...(notBefore !== undefined && { notBefore }),
      expires: expires ?? "never",
    },
  });
}
