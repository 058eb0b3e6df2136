import { has, id, list, object, objects, text, words } from "../claims.ts";
import { facts, hints, type Profile } from "./profile.ts";

/** Metabase static embedding: one dashboard or question (metabase.com/docs, "Static embedding"). */
const METABASE: Profile = {
  name: "Metabase embedding token",
  provider: "metabase",
  detect: ({ claims }) => has(claims, "params") && has(object(claims, "resource"), "dashboard", "question"),
  read: ({ claims }) => {
    const resource = object(claims, "resource");
    return {
      kind: "session",
      facts: facts({ resource: Object.keys(resource).map((name) => `${name} ${id(resource, name) ?? ""}`) }),
      hints: oneView("one dashboard or question"),
    };
  },
};

/** Superset guest tokens: named resources under row level security. */
const SUPERSET: Profile = {
  name: "Superset guest token",
  provider: "superset",
  detect: ({ claims }) => has(claims, "rls_rules", "rls") && has(claims, "resources"),
  read: ({ claims }) => ({
    kind: "session",
    facts: facts({ resource: objects(claims, "resources").map((entry) => text(entry, "type") ?? "") }),
    hints: oneView("the dashboards it names"),
  }),
};

function oneView(what: string) {
  return hints({
    power: [2, `shows ${what}`],
    breadth: ["single", what],
    reach: ["none", "only shows"],
    data: ["internal", "what the dashboards show"],
  });
}

/** Tableau connected apps: `sub` may name any user (help.tableau.com, "Connected Apps"). */
const TABLEAU: Profile = {
  name: "Tableau connected app token",
  provider: "tableau",
  detect: ({ claims }) =>
    words(claims, "scp").some((scope) => scope.startsWith("tableau:")) || list(claims, "aud").includes("tableau"),
  read: ({ claims }) => ({
    kind: "assertion",
    principal: "user",
    client: text(claims, "iss"),
    scopes: words(claims, "scp"),
    hints: hints({
      power: [3, "signs in as the user it names"],
      breadth: ["service", "one Tableau site"],
      reach: ["none", "nothing says that it reaches other credentials"],
      data: ["confidential", "what that user may see"],
    }),
  }),
};

/** Ghost Admin API: `kid` is the id of an integration's key (ghost.org/docs/admin-api). */
const GHOST: Profile = {
  name: "Ghost Admin API token",
  provider: "ghost",
  detect: ({ claims }) => list(claims, "aud").some((audience) => /^\/(?:(?:v\d+|canary)\/)?admin\/$/.test(audience)),
  read: () => ({
    kind: "access",
    principal: "client",
    hints: hints({
      power: [4, "publishes, and manages members and themes of the site"],
      breadth: ["service", "one site"],
      reach: ["none", "nothing says that it reaches other credentials"],
      data: ["confidential", "the members of the site"],
    }),
  }),
};

export const EMBEDDING: readonly Profile[] = [METABASE, SUPERSET, TABLEAU, GHOST];
