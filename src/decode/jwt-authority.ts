import type { Authority, AuthorityKind } from "../model/index.ts";
import { type Claims, has, id, list, number, object, text, words } from "./claims.ts";
import type { Jose } from "./jose.ts";
import type { Principal, Profile, Reading } from "./profiles/profile.ts";

/** Beyond this an expiry counts milliseconds: verifiers then read a year after 5000. */
export const MILLISECONDS = 1e11;

const SCOPES = ["scope", "scp", "scopes", "permissions"];

const ROLES = ["role", "roles", "groups", "entitlements", "authorities"];

/** Claims that libraries and frameworks set to true for administrators. */
const FLAGS = ["admin", "isAdmin", "is_admin", "is_superuser", "isSuperuser", "superuser", "is_staff"];

/** Where applications put their own user object. */
const NESTED = ["user", "data", "payload", "realm_access"];

/** Builds the authority: what the profile read, and the registered claims for the rest. */
export function authorityOf(
  token: Jose,
  kind: AuthorityKind,
  reading: Reading,
  profile: Profile | undefined,
): Authority {
  const { claims } = token;
  const issuer = reading.issuer ?? text(claims, "iss");
  const subject = subjectOf(token, reading);
  const client = reading.client ?? clientOf(claims);
  const audiences = "audiences" in reading ? reading.audiences : has(claims, "aud") ? list(claims, "aud") : undefined;
  const issued = number(claims, "iat");
  const notBefore = number(claims, "nbf");
  const expires = expiryOf(token, kind, reading);
  return {
    dictionary: reading.dictionary ?? profile?.dictionary ?? "generic",
    kind,
    ...(issuer !== undefined && { issuer }),
    ...(subject !== undefined && { subject }),
    ...(client !== undefined && { client }),
    ...(audiences && { audiences }),
    scopes: [...new Set(reading.scopes ?? SCOPES.flatMap((name) => words(claims, name)))],
    roles: [...new Set(reading.roles ?? rolesOf(claims))],
    ...(issued !== undefined && { issued }),
    ...(notBefore !== undefined && { notBefore }),
    ...(expires !== undefined && { expires }),
  };
}

function clientOf(claims: Claims): string | undefined {
  return ["client_id", "azp", "cid", "appid"].map((name) => text(claims, name)).find((value) => value !== undefined);
}

/** Roles of the claims that most issuers use, of namespaced claims (`https://…/roles`), and of admin flags. */
function rolesOf(claims: Claims): readonly string[] {
  const named = Object.keys(claims).filter(
    (name) => ROLES.includes(name) || /^https?:\/\/.*\/(?:roles?|groups|permissions)$/.test(name),
  );
  const flags = FLAGS.some((name) => claims[name] === true) ? ["admin"] : [];
  return [
    ...named.flatMap((name) => list(claims, name)),
    ...flags,
    ...NESTED.flatMap((name) => nestedRoles(object(claims, name))),
  ].filter((role) => role !== "");
}

function nestedRoles(inner: Claims): readonly string[] {
  const flags = FLAGS.some((name) => inner[name] === true) ? ["admin"] : [];
  return [...ROLES.flatMap((name) => list(inner, name)), ...flags];
}

/** The subject, unless it names a person: an opaque id tells reuse of an identity, an address tells who. */
function subjectOf({ claims }: Jose, reading: Reading): string | undefined {
  const subject = "subject" in reading ? reading.subject : id(claims, "sub");
  const machine = isMachine(principalOf(claims, reading));
  return subject !== undefined && (machine || !/[@\s]|^\+?\d[\d ()-]{6,}$/.test(subject)) ? subject : undefined;
}

/** RFC 7519, 4.1.4. An expiry that is no usable number is none: strict verifiers refuse it, others ignore it. */
function expiryOf({ form, claims }: Jose, kind: AuthorityKind, reading: Reading): number | "never" | undefined {
  if (reading.expires !== undefined) return reading.expires === "unknown" ? undefined : reading.expires;
  if (form === "encrypted" || form === "detached") return undefined;
  const expires = number(claims, "exp");
  if (expires !== undefined) return expires > MILLISECONDS ? "never" : expires;
  return kind === "proof" || kind === "notice" ? undefined : "never";
}

/** Says whom the token speaks for: what the profile knows, else the form of its subject. */
export function principalOf(claims: Claims, reading: Reading): Principal {
  if (reading.principal !== undefined) return reading.principal;
  const subject = id(claims, "sub");
  if (subject === undefined) return "unknown";
  if (/^spiffe:|^repo:|^project_path:|^organization:/.test(subject)) return "workload";
  if (/^system:serviceaccount:|gserviceaccount\.com$|^(?:svc|service|bot|robot|sa)[-_.:]|^arn:aws/i.test(subject))
    return "service account";
  if (/@clients$/.test(subject) || subject === clientOf(claims)) return "client";
  return /@|^(?:auth0|google-oauth2|github|windowslive|samlp|waad|email|user)[|:]/.test(subject) ||
    has(claims, "email", "name", "given_name", "preferred_username", "auth_time")
    ? "user"
    : "unknown";
}

/** Says whether a principal's name may be shown: people's stay out of reports. */
export function isMachine(principal: Principal): boolean {
  return principal === "service account" || principal === "client" || principal === "workload";
}
