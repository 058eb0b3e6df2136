import { list, text } from "./claims.ts";
import type { Jose } from "./jose.ts";
import { verifyWithSecret } from "./verify.ts";

/**
 * Says by which text of its own a token is signed: nothing at all (what a key file `/dev/null` holds), its key id, issuer,
 * subject, audience or client (RFC 8725, 3.5: keys need entropy). Undefined when none fits, or it is not signed by HMAC.
 */
export function guessedKey(token: string, { header, claims }: Jose): string | undefined {
  if (!text(header, "alg")?.startsWith("HS")) return undefined;
  const guesses: readonly (readonly [string, string | undefined])[] = [
    ["an empty key", ""],
    ["its own key id as the key", text(header, "kid")],
    ["its issuer's name as the key", text(claims, "iss")],
    ["its subject's name as the key", text(claims, "sub")],
    ["its audience as the key", list(claims, "aud")[0]],
    ["its client's name as the key", text(claims, "client_id") ?? text(claims, "azp")],
  ];
  return guesses.find(([, key]) => key !== undefined && verifyWithSecret(token, Buffer.from(key)))?.[0];
}
