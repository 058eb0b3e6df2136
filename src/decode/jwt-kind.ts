import type { AuthorityKind, Hint } from "../model/index.ts";
import { has, list, object, text, words } from "./claims.ts";
import type { Jose } from "./jose.ts";
import { hints } from "./profiles/profile.ts";

/** What kind of object a token is, and what to call it. */
export interface Kind {
  readonly kind: AuthorityKind;
  readonly name: string;
  /** Said by an explicit type, which no profile overrules. */
  readonly explicit: boolean;
}

const explicit = (kind: AuthorityKind, name: string): Kind => ({ kind, name, explicit: true });
const guessed = (kind: AuthorityKind, name: string): Kind => ({ kind, name, explicit: false });

/** Explicit types in the header (RFC 8725, 3.11; IANA "Media Types", `…+jwt`). */
const TYPES: ReadonlyMap<string, Kind> = new Map([
  ["at+jwt", guessed("access", "access token")],
  ["dpop+jwt", explicit("proof", "DPoP proof")],
  ["kb+jwt", explicit("proof", "key binding proof")],
  ["openid4vci-proof+jwt", explicit("proof", "proof of possession")],
  ["wpt+jwt", explicit("proof", "workload proof token")],
  ["vp+jwt", explicit("proof", "verifiable presentation")],
  ["logout+jwt", explicit("notice", "logout token")],
  ["secevent+jwt", explicit("notice", "security event token")],
  ["oauth-authz-req+jwt", explicit("notice", "authorization request")],
  ["token-introspection+jwt", explicit("notice", "introspection response")],
  ["entity-statement+jwt", explicit("notice", "entity statement")],
  ["trust-mark+jwt", explicit("notice", "trust mark")],
  ["statuslist+jwt", explicit("notice", "status list")],
  ["client-authentication+jwt", explicit("assertion", "client assertion")],
  ["oauth-id-jag+jwt", explicit("assertion", "identity assertion grant")],
  ["txntoken+jwt", explicit("access", "transaction token")],
  ["wit+jwt", explicit("workload", "workload identity token")],
  ["vc+jwt", explicit("id", "verifiable credential")],
  ["vc+sd-jwt", explicit("id", "verifiable credential")],
  ["dc+sd-jwt", explicit("id", "verifiable credential")],
]);

/** Types in the payload: Keycloak's `typ`, Cognito's `token_use`, and what JWT libraries write. */
const PAYLOAD_TYPES: ReadonlyMap<string, Kind> = new Map([
  ["bearer", guessed("access", "access token")],
  ["access", guessed("access", "access token")],
  ["access_token", guessed("access", "access token")],
  ["id", guessed("id", "ID token")],
  ["id_token", guessed("id", "ID token")],
  ["refresh", guessed("refresh", "refresh token")],
  ["refresh_token", guessed("refresh", "refresh token")],
  ["offline", guessed("refresh", "offline token")],
  ["logout", explicit("notice", "logout token")],
]);

const GRANTS = ["scope", "scp", "scopes", "permissions", "realm_access", "resource_access", "authorization_details"];

const TOKEN_ENDPOINT = /\/(?:oauth2?|token|connect|as|openid-connect)(?:\/|$)|\/token\b/i;

/** Decides between ID, access and refresh tokens and all that is none of them (OpenID Connect Core 2; RFC 9068, 2.1). */
export function kindOf(token: Jose): Kind {
  return headerKind(token) ?? eventKind(token) ?? payloadKind(token) ?? claimsKind(token);
}

function headerKind({ form, header }: Jose): Kind | undefined {
  if (form === "detached") return explicit("proof", "detached signature");
  const type =
    text(header, "typ")
      ?.toLowerCase()
      .replace(/^application\//, "") ?? "";
  return TYPES.get(type) ?? (form === "sd-jwt" ? explicit("id", "selective disclosure credential") : undefined);
}

function eventKind({ claims }: Jose): Kind | undefined {
  if (has(claims, "events")) {
    const logout = Object.keys(object(claims, "events")).some((name) => name.includes("logout"));
    return explicit("notice", logout ? "logout token" : "security event token");
  }
  if (has(claims, "htm") && has(claims, "htu")) return explicit("proof", "DPoP proof");
  if (has(claims, "token_introspection")) return explicit("notice", "introspection response");
  if (has(claims, "response_type") && has(claims, "redirect_uri")) return explicit("notice", "authorization request");
  if (has(claims, "status_list")) return explicit("notice", "status list");
  return has(claims, "vct", "vc") ? explicit("id", "verifiable credential") : undefined;
}

function payloadKind({ claims }: Jose): Kind | undefined {
  for (const name of ["typ", "token_use", "token_type", "tokenType", "type", "use"]) {
    const kind = PAYLOAD_TYPES.get(text(claims, name)?.toLowerCase() ?? "");
    if (kind) return kind;
  }
  return undefined;
}

function claimsKind({ form, claims }: Jose): Kind {
  const audiences = list(claims, "aud");
  const client = text(claims, "azp") ?? text(claims, "client_id");
  const granted = has(claims, ...GRANTS);
  if (has(claims, "nonce", "at_hash", "c_hash")) return guessed("id", "ID token");
  if (client && audiences.includes(client) && !granted && !has(claims, "roles")) return guessed("id", "ID token");
  if (granted) return guessed("access", "access token");
  const issuer = text(claims, "iss");
  const self = issuer !== undefined && issuer === text(claims, "sub");
  if (self && audiences.some((audience) => TOKEN_ENDPOINT.test(audience)))
    return guessed("assertion", "client assertion");
  return guessed("unknown", form === "encrypted" ? "encrypted token" : "token");
}

/** What a kind means where no profile knows better. */
export function kindHints(token: Jose, { kind, name }: Kind): readonly Hint[] {
  switch (kind) {
    case "id":
      return hints({
        power: [1, `says who its user is: ${an(name)} opens no API by itself`],
        breadth: ["single", "one user's identity"],
        reach: ["none", `${an(name)} opens no API by itself`],
        data: ["confidential", "carries personal data"],
      });
    case "refresh":
      return hints({
        ...(!isGranted(token) && { power: [3, `gets access tokens: it is ${an(name)}`] as const }),
        breadth: ["multi", "every audience its client may ask for"],
        data: ["confidential", "whatever its user may read"],
        refresh: [true, `can be renewed: it is ${an(name)}`],
      });
    case "assertion":
      return isGranted(token) ? [] : hints({ power: [3, "can be exchanged for an access token of its client"] });
    default:
      return encryptedHints(token);
  }
}

/** Proofs and notices open nothing, so nothing else about them counts. */
export function harmlessHints({ kind, name }: Kind): readonly Hint[] {
  return kind === "proof" || kind === "notice"
    ? hints({
        power: [
          0,
          `is no credential: ${an(name)} ${kind === "proof" ? "proves one request of whoever holds a key" : "only tells something"}`,
        ],
      })
    : [];
}

function encryptedHints(token: Jose): readonly Hint[] {
  if (token.form !== "encrypted") return [];
  return hints({
    power: [3, "is encrypted, so what it allows cannot be read"],
    breadth: ["service", "is encrypted, so its audience cannot be read"],
    reach: ["none", "is encrypted, so what it reaches cannot be read"],
    data: ["internal", "is encrypted, so what it reaches cannot be read"],
  });
}

function isGranted({ claims }: Jose): boolean {
  return (
    words(claims, "scope").length > 0 || words(claims, "scp").length > 0 || has(claims, "roles", "role", "permissions")
  );
}

function an(name: string): string {
  return `${/^[aeiou]/i.test(name) ? "an" : "a"} ${name}`;
}
