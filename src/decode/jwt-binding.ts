import { createHash } from "node:crypto";
import type { Authority, Hint } from "../model/index.ts";
import { type Claims, entryOf, has, object, text } from "./claims.ts";
import type { Jose } from "./jose.ts";
import { hints } from "./profiles/profile.ts";

/** Members of a key that its thumbprint covers (RFC 7638, 3.2; RFC 8037, 2), in lexical order. */
const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  EC: ["crv", "kty", "x", "y"],
  OKP: ["crv", "kty", "x"],
  RSA: ["e", "kty", "n"],
  oct: ["k", "kty"],
};

/** The key a token is bound to, as `jkt:…`, `x5t#S256:…` or `kid:…` (RFC 7800, 3.1; RFC 8705, 3.1; RFC 9449, 6.1). */
export function boundTo({ claims }: Jose): string | undefined {
  const confirmation = object(claims, "cnf");
  const thumbprint = text(confirmation, "jkt") ?? thumbprintOf(object(confirmation, "jwk"));
  if (thumbprint) return `jkt:${thumbprint}`;
  const certificate = text(confirmation, "x5t#S256");
  if (certificate) return `x5t#S256:${certificate}`;
  const keyId = text(confirmation, "kid");
  return keyId ? `kid:${keyId}` : undefined;
}

/** RFC 7638: the SHA-256 of the key's required members. */
function thumbprintOf(jwk: Claims): string | undefined {
  const members = entryOf(MEMBERS, text(jwk, "kty"));
  if (!members?.every((name) => text(jwk, name))) return undefined;
  const canonical = JSON.stringify(Object.fromEntries(members.map((name) => [name, jwk[name]])));
  return createHash("sha256").update(canonical).digest("base64url");
}

/** Whoever finds a bound token lacks the key to use it. */
export function bindingHints(token: Jose, { dictionary }: Authority): readonly Hint[] {
  const confirmation = object(token.claims, "cnf");
  const method = ["jkt", "x5t#S256", "jwk", "jwe", "kid", "jku"].find((name) => has(confirmation, name));
  if (!method) return [];
  return hints({
    possession: ["sender-bound", `bound to a key the thief does not have (cnf.${method})`],
    // A vendor's dictionary knows better what its tokens read.
    ...(dictionary === "generic" && {
      data: ["confidential", "its issuer takes the trouble to bind it to a key"] as const,
    }),
    ...(!has(token.claims, "aud") && {
      breadth: ["service", "only its key's holder can present it anywhere"] as const,
    }),
  });
}
