import { has, list, objects, text, words } from "../claims.ts";
import type { Jose } from "../jose.ts";
import { facts, hints, type Profile, type Reading } from "./profile.ts";

/** JFrog access tokens: `scp` names applied permissions, `aud` may be every service (jfrog.com/help, "Access Tokens"). */
export const JFROG: Profile = {
  name: "JFrog access token",
  provider: "jfrog",
  dictionary: "jfrog",
  detect: ({ claims }) =>
    /^jf[a-z]{2,4}@|^jfrog/.test(text(claims, "iss") ?? "") ||
    words(claims, "scp").some((scope) => scope.startsWith("applied-permissions/")),
  read: readJfrog,
};

function readJfrog({ claims }: Jose): Reading {
  const scopes = words(claims, "scp");
  const audiences = list(claims, "aud");
  return {
    kind: "access",
    principal: /\/users\//.test(text(claims, "sub") ?? "") ? "user" : "service account",
    scopes,
    facts: facts({ instance: text(claims, "iss")?.split("/")[0] }),
    hints: [
      ...(audiences.includes("*@*")
        ? hints({
            breadth: ["cross", "its audience is *@*: every service of every JFrog instance that trusts the issuer"],
          })
        : []),
      // With scopes the dictionary knows more.
      ...(scopes.length === 0
        ? hints({
            power: [3, "reads and publishes packages"],
            reach: ["mints", "what it publishes runs at every user of the package"],
          })
        : []),
    ],
  };
}

/** Docker registry tokens: `access` lists repositories and actions (distribution.github.io, "Token Authentication"). */
export const DOCKER_REGISTRY: Profile = {
  name: "container registry token",
  provider: "docker-registry",
  dictionary: "docker-registry",
  detect: ({ claims }) =>
    Array.isArray(claims.access) &&
    (claims.access.length === 0
      ? has(claims, "jti", "aud") && !has(claims, "scope", "scp")
      : objects(claims, "access").some((entry) => has(entry, "actions"))),
  read: readRegistry,
};

function readRegistry({ claims }: Jose): Reading {
  const entries = objects(claims, "access");
  const actions = [...new Set(entries.flatMap((entry) => list(entry, "actions")))];
  return {
    kind: "access",
    scopes: actions,
    facts: facts({ repository: entries.map((entry) => text(entry, "name")).filter((name) => name !== undefined) }),
    hints: hints({
      ...(actions.length === 0 && { power: [1, "allows nothing beyond asking the registry who it is"] as const }),
      breadth: [
        entries.length > 1 ? "service" : "single",
        entries.length > 1 ? "several repositories of one registry" : "one repository at most",
      ],
      data: ["internal", "container images"],
    }),
  };
}
