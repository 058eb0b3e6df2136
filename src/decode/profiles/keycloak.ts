import type { Hint } from "../../model/index.ts";
import { type Claims, has, list, object, text } from "../claims.ts";
import type { Jose } from "../jose.ts";
import { facts, hints, type Profile, type Reading } from "./profile.ts";

/** Roles of the `realm-management` client, or of the master realm, that control identities (keycloak.org/docs, server admin). */
const CONTROL =
  /^(?:realm-admin|manage-(?:realm|users|clients|identity-providers|authorization)|impersonation|create-realm)$/;

/** Keycloak access, ID, refresh and offline tokens (keycloak.org/docs). */
export const KEYCLOAK: Profile = {
  name: "Keycloak token",
  provider: "keycloak",
  dictionary: "keycloak",
  detect: ({ claims }) =>
    /\/realms\/[^/]+$/.test(text(claims, "iss") ?? "") || has(claims, "realm_access", "resource_access"),
  read,
};

function read({ claims }: Jose): Reading {
  const clients = Object.keys(object(claims, "resource_access"));
  const audiences = [...new Set([...list(claims, "aud"), ...clients])];
  const renews = /^(?:refresh|offline)$/i.test(text(claims, "typ") ?? "");
  const named = renews ? clients : audiences;
  return {
    principal: /^service-account-/.test(text(claims, "preferred_username") ?? "") ? "service account" : "user",
    client: text(claims, "azp"),
    audiences: named.length > 0 ? named : undefined,
    roles: rolesOf(claims),
    facts: facts({
      realm: realmOf(claims),
      "reachable client": clients,
      "allowed origin": list(claims, "allowed-origins").includes("*") ? "* (any web page)" : undefined,
    }),
    hints: [...(renews ? renewalHints(claims) : breadthHints(audiences)), ...controlHints(claims)],
  };
}

function realmOf(claims: Claims): string | undefined {
  return /\/realms\/([^/]+)$/.exec(text(claims, "iss") ?? "")?.[1];
}

function rolesOf(claims: Claims): readonly string[] {
  const clients = object(claims, "resource_access");
  const ofClients = Object.keys(clients).flatMap((client) => list(object(clients, client), "roles"));
  return [...new Set([...list(object(claims, "realm_access"), "roles"), ...ofClients, ...list(claims, "groups")])];
}

function breadthHints(audiences: readonly string[]): readonly Hint[] {
  const onlyAccount = audiences.length > 0 && audiences.every((audience) => audience === "account");
  return onlyAccount
    ? hints({
        breadth: ["cross", "its audience is Keycloak's default, `account`, so every client of the realm may accept it"],
      })
    : [];
}

/** A refresh token works at the token endpoint with its client; that of a public client works alone. */
function renewalHints(claims: Claims): readonly Hint[] {
  const offline = /^offline$/i.test(text(claims, "typ") ?? "");
  const what = `${offline ? "an offline" : "a refresh"} token of client ${text(claims, "azp") ?? "unknown"}`;
  return hints({
    ...(rolesOf(claims).length === 0 && { power: [3, `gets access tokens: it is ${what}`] as const }),
    breadth: ["multi", "every audience its client may ask for"],
    data: ["confidential", "whatever its user may read"],
    refresh: [true, `can be renewed: it is ${what}`],
  });
}

function controlHints(claims: Claims): readonly Hint[] {
  const master = realmOf(claims) === "master";
  const managed = list(object(object(claims, "resource_access"), "realm-management"), "roles");
  const role = managed.find((name) => CONTROL.test(name)) ?? masterRole(claims, master);
  if (!role) return [];
  return hints({
    power: [5, `controls the identities of the realm (role ${role})`],
    breadth: [
      master ? "cross" : "multi",
      master ? "the master realm administers every other realm" : "every client of the realm",
    ],
    reach: ["mints", `can create users and client secrets (role ${role})`],
    data: ["confidential", "the user directory of the realm"],
  });
}

function masterRole(claims: Claims, master: boolean): string | undefined {
  const roles = list(object(claims, "realm_access"), "roles");
  return master ? roles.find((name) => name === "admin" || CONTROL.test(name)) : undefined;
}
