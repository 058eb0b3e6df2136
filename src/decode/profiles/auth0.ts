import { has, hostOf, isUnder, list, text } from "../claims.ts";
import type { Jose } from "../jose.ts";
import { facts, hints, type Profile, type Reading } from "./profile.ts";

/** Auth0 access and ID tokens (auth0.com/docs/secure/tokens/access-tokens); custom domains are known by `gty` and `sub`. */
export const AUTH0: Profile = {
  name: "Auth0 token",
  provider: "auth0",
  detect: ({ claims }) =>
    isUnder(hostOf(text(claims, "iss")), "auth0.com") ||
    has(claims, "gty") ||
    /@clients$|^auth0\|/.test(text(claims, "sub") ?? ""),
  read,
};

function read({ claims }: Jose): Reading {
  const named = list(claims, "aud");
  const audiences = named.filter((audience) => !/\/userinfo\/?$/.test(audience));
  const management = audiences.some(
    (audience) => /\/api\/v2\/?$/.test(audience) && isUnder(hostOf(audience), "auth0.com"),
  );
  const machine = /@clients$/.test(text(claims, "sub") ?? "");
  return {
    // Other APIs are free to name a scope as the Management API does, and to mean less.
    dictionary: management ? "auth0" : "generic",
    principal: machine ? "client" : "user",
    audiences: named.length > 0 ? audiences : undefined,
    facts: facts({ grant: text(claims, "gty"), org: text(claims, "org_id"), tenant: hostOf(text(claims, "iss")) }),
    hints: management ? hints({ breadth: ["service", "the Management API of one tenant"] }) : [],
  };
}
