import type { Hint } from "../../model/index.ts";
import { type Claims, text } from "../claims.ts";
import type { Jose } from "../jose.ts";
import { facts, hints, type Profile, type Reading } from "./profile.ts";

const USER_ISSUER = /^https?:\/\/([^/]+)\/auth\/v1\/?$/;

/** Supabase API keys of the old kind, and user sessions (supabase.com/docs/guides/api/api-keys). */
export const SUPABASE: Profile = {
  name: "Supabase key",
  provider: "supabase",
  detect: ({ claims }) =>
    /^supabase(?:-demo)?$/.test(text(claims, "iss") ?? "") || USER_ISSUER.test(text(claims, "iss") ?? ""),
  read,
};

function read({ claims }: Jose): Reading {
  const role = text(claims, "role");
  const issuer = text(claims, "iss")!;
  const user = role !== "anon" && role !== "service_role";
  return {
    kind: user ? "session" : "key",
    principal: user ? "user" : role === "service_role" ? "service account" : "client",
    subject: user ? text(claims, "sub") : role,
    roles: role ? [role] : [],
    facts: facts({
      project: text(claims, "ref") ?? /^([a-z0-9]{20})\.supabase\./.exec(USER_ISSUER.exec(issuer)?.[1] ?? "")?.[1],
      "assurance level": text(claims, "aal"),
      anonymous: claims.is_anonymous === true ? "yes" : undefined,
      revoke:
        role === "service_role"
          ? "give its callers a secret key (sb_secret_), then disable the legacy API keys under Project Settings → API keys"
          : undefined,
    }),
    hints: roleHints(role, claims),
    sample: issuer === "supabase-demo" ? "the demo key of the Supabase CLI and its .env.example" : undefined,
  };
}

function roleHints(role: string | undefined, claims: Claims): readonly Hint[] {
  if (role === "service_role") {
    return hints({
      power: [4, "bypasses row level security (role service_role)"],
      breadth: ["service", "the whole project"],
      reach: ["mints", "can create users and sign-in links (auth admin API)"],
      data: ["confidential", "every row of the database"],
    });
  }
  if (role === "anon") {
    return hints({
      power: [2, "reads what row level security leaves open (role anon)"],
      breadth: ["service", "one project"],
      reach: ["none", "holds no privilege of its own"],
      data: ["internal", "what row level security leaves open"],
      publicByDesign: [true, "public by design (role anon): check row level security"],
    });
  }
  return hints({
    power: [claims.is_anonymous === true ? 2 : 3, "reads and writes what row level security gives to its user"],
    breadth: ["single", "one user of one project"],
    reach: ["none", "nothing says that it reaches other credentials"],
    data: [claims.is_anonymous === true ? "internal" : "confidential", "its user's rows"],
  });
}
