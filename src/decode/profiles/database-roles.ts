import { type Claims, has, isClaims, list, text } from "../claims.ts";
import type { Jose } from "../jose.ts";
import { parseJsonObject } from "../jose-json.ts";
import { facts, hints, type Profile, type Reading } from "./profile.ts";

const NAMESPACE = /^https?:\/\/.*\/jwt\/claims$|hasura/i;

/** Hasura: roles stand in an object, or in its JSON text, under a namespace (hasura.io/docs, "JWT"). */
export const HASURA: Profile = {
  name: "Hasura token",
  provider: "hasura",
  dictionary: "hasura",
  detect: ({ claims }) => hasuraClaims(claims) !== undefined,
  read: readHasura,
};

function hasuraClaims(claims: Claims): Claims | undefined {
  if (has(claims, "x-hasura-default-role", "x-hasura-allowed-roles", "x-hasura-role")) return claims;
  const name = Object.keys(claims).find((key) => NAMESPACE.test(key));
  if (name === undefined) return undefined;
  const value = claims[name];
  const inner = typeof value === "string" ? parseJsonObject(value)?.object : value;
  return isClaims(inner) && Object.keys(inner).some((key) => /^x-hasura-/i.test(key)) ? lowered(inner) : undefined;
}

/** Hasura reads its session variables in any case. */
function lowered(claims: Claims): Claims {
  const copy: Record<string, unknown> = Object.create(null);
  for (const [name, value] of Object.entries(claims)) copy[name.toLowerCase()] = value;
  return copy;
}

function readHasura({ claims }: Jose): Reading {
  const session = hasuraClaims(claims)!;
  const names = ["x-hasura-default-role", "x-hasura-role", "x-hasura-allowed-roles"];
  const roles = [...new Set(names.flatMap((name) => list(session, name)))];
  return {
    kind: "access",
    roles,
    facts: facts({ "default role": text(session, "x-hasura-default-role") }),
    hints: [
      ...hints({ breadth: ["service", "one GraphQL engine"] }),
      ...(roles.includes("admin")
        ? hints({ data: ["confidential", "every table behind the GraphQL engine (role admin)"] })
        : []),
    ],
  };
}

const DATABASE_ROLE = /^(?:postgres|service_role|authenticator|supabase_admin|anon|web_anon|web_user)$/;

/** PostgREST: the `role` claim is the database role that the request runs as (postgrest.org, "Authentication"). */
export const POSTGREST: Profile = {
  name: "PostgREST token",
  provider: "postgrest",
  detect: ({ claims }) => DATABASE_ROLE.test(text(claims, "role") ?? ""),
  read: ({ claims }) => {
    const role = text(claims, "role")!;
    const strong = /^(?:postgres|service_role|supabase_admin|authenticator)$/.test(role);
    return {
      kind: "access",
      roles: [role],
      hints: hints({
        power: [strong ? 4 : role === "web_user" ? 3 : 2, `runs as database role ${role}`],
        breadth: ["service", "one database"],
        data: [strong ? "confidential" : "internal", strong ? "every table its role owns" : "what the role may see"],
      }),
    };
  },
};

/** Directus: `admin_access` opens everything (directus.io/docs). */
export const DIRECTUS: Profile = {
  name: "Directus token",
  provider: "directus",
  dictionary: "directus",
  detect: ({ claims }) => has(claims, "app_access", "admin_access") || text(claims, "iss") === "directus",
  read: ({ claims }) => {
    const admin = claims.admin_access === true || claims.admin_access === 1;
    return {
      kind: "access",
      principal: "user",
      roles: admin ? ["admin_access"] : claims.app_access ? ["app_access"] : [],
      hints: hints({
        ...(!admin && { power: [3, "reads and writes what its role may"] as const }),
        breadth: ["service", "one Directus project"],
        data: [
          admin ? "confidential" : "internal",
          admin ? "every collection and user (admin_access)" : "what its role may see",
        ],
      }),
    };
  },
};
