import { hostOf, isUnder, list, text, words } from "../claims.ts";
import type { Jose } from "../jose.ts";
import { facts, hints, type Profile, type Reading } from "./profile.ts";

const HOSTS = ["okta.com", "oktapreview.com", "okta-emea.com", "okta-gov.com", "okta.mil"];

/** Okta tokens of the org and of custom authorization servers (developer.okta.com/docs/reference/api/oidc/). */
export const OKTA: Profile = {
  name: "Okta token",
  provider: "okta",
  dictionary: "okta",
  detect: ({ claims }) =>
    isUnder(hostOf(text(claims, "iss")), ...HOSTS) ||
    (claims.ver === 1 && text(claims, "cid") !== undefined && Array.isArray(claims.scp)),
  read,
};

function read({ claims }: Jose): Reading {
  const issuer = text(claims, "iss") ?? "";
  const scopes = words(claims, "scp");
  const manages = scopes.find((scope) => /^okta\..*\.manage$/.test(scope));
  return {
    client: text(claims, "cid"),
    principal: text(claims, "uid") ? "user" : text(claims, "cid") === text(claims, "sub") ? "client" : undefined,
    scopes,
    roles: list(claims, "groups"),
    facts: facts({
      org: hostOf(issuer),
      "authorization server": /\/oauth2\/([^/]+)/.exec(issuer)?.[1] ?? (issuer ? "org" : undefined),
    }),
    hints: [
      ...(manages ? hints({ reach: ["mints", `manages an identity store (scope ${manages})`] }) : []),
      ...(isUnder(hostOf(issuer), "oktapreview.com")
        ? hints({ environment: ["staging", "a preview organization"] })
        : []),
    ],
  };
}
