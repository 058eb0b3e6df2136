import type { Authority, Weakness } from "../model/index.ts";
import { carriedSecrets } from "./carried.ts";
import { certificateWeakness } from "./certificates.ts";
import { type Claims, has, hostOf, list, number, object, text } from "./claims.ts";
import { guessedKey } from "./guessable.ts";
import type { Jose } from "./jose.ts";
import { MILLISECONDS } from "./jwt-authority.ts";
import { hasWrongLength } from "./signature-length.ts";

interface Token extends Jose {
  /** As it was found. */
  readonly whole: string;
  readonly authority: Authority;
  /** A known vendor's token is as that vendor makes it: what it leaves out is no slip of the user's. */
  readonly vendor: boolean;
}

/** One check and what it says when it applies. The sentences repeat nothing of the token. */
interface Check {
  readonly id: string;
  readonly cwe: readonly number[];
  readonly references: readonly string[];
  readonly find: (token: Token) => string | undefined;
}

const CHECKS: readonly Check[] = [
  { id: "E1", cwe: [347], references: ["RFC 8725 2.1", "RFC 8725 3.1"], find: unsigned },
  { id: "E2", cwe: [326, 521, 1391], references: ["RFC 8725 2.2", "RFC 8725 3.5"], find: guessable },
  { id: "E4", cwe: [347], references: ["RFC 8725 3.10", "CVE-2018-0114"], find: embeddedKey },
  { id: "E5", cwe: [918], references: ["RFC 8725 2.9", "RFC 8725 3.10"], find: remoteKey },
  { id: "E6", cwe: [22, 78, 89], references: ["RFC 8725 2.9", "RFC 8725 3.10"], find: keyIdInjection },
  {
    id: "E7",
    cwe: [295],
    references: ["RFC 7515 4.1.6"],
    find: ({ header, claims }) => certificateWeakness(header, claims),
  },
  { id: "E8", cwe: [347], references: ["RFC 7515 4.1.11", "RFC 7797 6"], find: critical },
  { id: "E9", cwe: [613], references: ["RFC 7519 4.1.4"], find: lifetime },
  { id: "E10", cwe: [284, 345], references: ["RFC 8725 3.9"], find: audience },
  { id: "E11", cwe: [345], references: ["RFC 8725 3.8"], find: origin },
  { id: "E12", cwe: [345], references: ["RFC 8725 2.8", "RFC 8725 3.11"], find: untyped },
  { id: "E13", cwe: [327, 326, 400], references: ["RFC 8725 3.2", "RFC 7518 3.1"], find: algorithm },
  { id: "E14", cwe: [436], references: ["RFC 8725 2.6", "RFC 7515 4"], find: ambiguous },
  { id: "E15", cwe: [312, 201], references: ["RFC 7519 12"], find: openSecrets },
  { id: "E17", cwe: [347], references: ["CVE-2022-21449"], find: psychic },
  { id: "E18", cwe: [347], references: ["RFC 7518 3.1"], find: cut },
];

/** What is weak about a token by its own make, offline and without guessing a key. */
export function weaknessesOf(whole: string, token: Jose, authority: Authority, vendor: boolean): readonly Weakness[] {
  return CHECKS.flatMap(({ find, ...check }) => {
    const found = find({ ...token, whole, authority, vendor });
    return found === undefined ? [] : [{ ...check, text: found }];
  });
}

/** RFC 7519, 6: `alg` none in any case, no `alg`, or a signature taken off. */
function unsigned({ form, header }: Token): string | undefined {
  if (form !== "unsecured") return undefined;
  return /^none$/i.test(text(header, "alg") ?? "none")
    ? "is not signed (alg none): anyone can make one"
    : "its signature was taken off: a verifier that accepts it accepts anything";
}

function guessable({ whole, ...token }: Token): string | undefined {
  const key = guessedKey(whole, token);
  return key && `its signature verifies with ${key}: anyone can make such tokens`;
}

/** RFC 7519, 12: a signature hides nothing. */
function openSecrets({ claims }: Token): string | undefined {
  const carried = carriedSecrets(claims);
  return carried.length > 0
    ? `carries ${carried.join(", ")} in its claims, which anyone who sees the token can read`
    : undefined;
}

function embeddedKey({ header, authority }: Token): string | undefined {
  if (!has(header, "jwk") || authority.kind === "proof") return undefined;
  return "carries its own key (jwk): a verifier that uses it trusts whoever made the token";
}

/** A URL in `jku`, `x5u` or `cnf.jku` is an invitation to fetch the attacker's key. It is never followed here. */
function remoteKey({ header, claims }: Token): string | undefined {
  const issuer = hostOf(text(claims, "iss"));
  const urls: readonly (readonly [string, string | undefined])[] = [
    ["jku", text(header, "jku")],
    ["x5u", text(header, "x5u")],
    ["cnf.jku", text(object(claims, "cnf"), "jku")],
  ];
  for (const [name, url] of urls) {
    const why = url === undefined ? undefined : suspicion(url, issuer);
    if (why) return `names where to fetch its key (${name}), ${why}`;
  }
  return undefined;
}

function suspicion(url: string, issuer: string | undefined): string | undefined {
  const host = hostOf(url);
  if (host === undefined) return "which is no URL with a host";
  const { protocol, username, search } = new URL(url);
  if (/^(?:localhost|127\.|10\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.)|^metadata\.|^\[/.test(host))
    return "inside a network or at a cloud's metadata service";
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(host)) return "at a bare IP address";
  if (protocol !== "https:") return "without TLS";
  if (username !== "") return "with a user name before the host, which hides the host";
  if (/(?:url|redirect|next|to)=/i.test(search)) return "through a redirect";
  return host === issuer ? undefined : "at another host than its issuer's";
}

/** The longest comes first, so that no other pattern runs on a long text. */
const INJECTIONS: readonly (readonly [RegExp, string])[] = [
  [/^.{257}/s, "more than 256 characters"],
  [/\0/, "a NUL character"],
  [/\.\.[/\\]/, "a path that climbs"],
  [/^(?:\/|[A-Za-z]:\\)(?:dev|etc|proc|var|tmp|usr|home|windows)\b/i, "a path of the file system"],
  [/['"`;]|--|\bunion\b.*\bselect\b/i, "SQL"],
  [/\||\$\(|&&/, "a shell command"],
  [/^(?:https?|ftp|file|gopher|ldap):/i, "a URL"],
];

function keyIdInjection({ header }: Token): string | undefined {
  const keyId = text(header, "kid");
  const found = keyId === undefined ? undefined : INJECTIONS.find(([pattern]) => pattern.test(keyId));
  return found && `its key id holds ${found[1]}, as an attack on the key look-up would`;
}

/** Extensions whose meaning is published: RFC 7797, RFC 8555 (`url`, `nonce`), RFC 8225 (`ppt`). */
const EXTENSIONS = ["b64", "url", "nonce", "ppt", "exp"];

function critical({ header }: Token): string | undefined {
  const named = list(header, "crit");
  if (has(header, "crit") && named.length === 0) return "its list of critical extensions is empty or no list (crit)";
  if (named.some((name) => !EXTENSIONS.includes(name) || !has(header, name)))
    return "names critical extensions that no standard knows or that it does not carry (crit)";
  return header.b64 === false && !named.includes("b64")
    ? "its payload is not encoded (b64 false), which crit must say and does not"
    : undefined;
}

function isCredential({ form, authority }: Token): boolean {
  return authority.kind !== "proof" && authority.kind !== "notice" && form !== "encrypted" && form !== "detached";
}

function lifetime(token: Token): string | undefined {
  if (!isCredential(token)) return undefined;
  const { claims, authority } = token;
  const [expires, issued, notBefore] = ["exp", "iat", "nbf"].map((name) => number(claims, name));
  if (!has(claims, "exp")) return authority.expires === "never" ? "has no expiry (exp)" : undefined;
  if (expires === undefined) return "its expiry is no number: strict verifiers refuse it, lax ones let it live forever";
  if (expires > MILLISECONDS)
    return "its expiry counts milliseconds, so verifiers read a year after 5000: it never expires";
  if (issued !== undefined && expires < issued) return "expires before it was issued";
  return notBefore !== undefined && notBefore > expires ? "expires before it may be used" : undefined;
}

/** A renewal and an assertion are for their issuer's token endpoint, whatever they name. */
const NO_AUDIENCE = ["refresh", "assertion"];

function audience(token: Token): string | undefined {
  const { claims, authority, form } = token;
  if (!isCredential(token) || form === "opaque" || NO_AUDIENCE.includes(authority.kind)) return undefined;
  const named = list(claims, "aud").filter((name) => name !== "");
  if (named.length === 0) return "has no audience (aud), so every API that trusts its issuer may accept it";
  if (named.some((name) => /^\*(?:@\*)?$/.test(name))) return "its audience is a wildcard";
  if (named.every((name) => name === "account"))
    return "its audience is Keycloak's default, `account`: no API of its own";
  const issuer = text(claims, "iss");
  return issuer !== undefined && !token.vendor && authority.kind === "access" && named.every((name) => name === issuer)
    ? "its audience is its issuer: no API of its own"
    : undefined;
}

function origin(token: Token): string | undefined {
  const { claims, form } = token;
  if (!isCredential(token) || form === "opaque" || token.vendor) return undefined;
  const missing = ["iss", "sub"].filter((name) => !has(claims, name));
  if (missing.length > 0)
    return `does not say ${missing.map((name) => (name === "iss" ? "who issued it (iss)" : "whom it is for (sub)")).join(" nor ")}`;
  return /^http:\/\//i.test(text(claims, "iss") ?? "") ? "its issuer is reached without TLS (http)" : undefined;
}

function untyped({ form, header, authority, vendor }: Token): string | undefined {
  const confusable = authority.kind === "access" || authority.kind === "id";
  return form === "signed" && confusable && !vendor && !has(header, "typ")
    ? "has no type (typ), so an ID token and an access token of its issuer may pass for each other"
    : undefined;
}

const MOST_ITERATIONS = 1_000_000;
const FEWEST_ITERATIONS = 1_000;

function algorithm(token: Token): string | undefined {
  const { form, header } = token;
  const name = text(header, "alg") ?? "";
  if (/^RS1$/i.test(name)) return "is signed with SHA-1 (RS1)";
  if (name === "RSA1_5") return "its key is encrypted with RSA1_5, which padding oracles break";
  if (/^PBES2/.test(name)) {
    const count = number(header, "p2c") ?? 0;
    if (count > MOST_ITERATIONS) return "makes its reader derive a key over a million times (p2c)";
    if (count < FEWEST_ITERATIONS) return "derives its key in too few steps (p2c)";
  }
  if (form === "encrypted" && text(header, "zip") === "DEF")
    return "is compressed before it is encrypted (zip): small input may unpack to much";
  return embeddedStrength(object(header, "jwk")) ?? (hasWrongLength(token) ? undefined : signedStrength(token, name));
}

/** An RSA signature is as long as its key's modulus (RFC 8017, 8.1.1). RFC 7518, 3.3 asks for 2048 bits. */
function signedStrength({ signature }: Token, name: string): string | undefined {
  const bits = signature.length * 8;
  return /^[RP]S\d+$/.test(name) && bits > 0 && bits < 2048 ? `is signed with an RSA key of ${bits} bits` : undefined;
}

function embeddedStrength(jwk: Claims): string | undefined {
  if (/^P-192$/.test(text(jwk, "crv") ?? "")) return "its key is on curve P-192";
  const modulus = text(jwk, "n");
  const bits = modulus === undefined ? undefined : Buffer.from(modulus, "base64url").length * 8;
  return bits !== undefined && bits < 2048 ? `its RSA key has ${bits} bits` : undefined;
}

function ambiguous({ oddities }: Token): string | undefined {
  return oddities.length > 0 ? `holds ${oddities.join(" and ")}: two readers may read two different tokens` : undefined;
}

/** A zero in an ECDSA signature passes a verifier that forgets to check (CVE-2022-21449). */
function psychic({ header, signature }: Token): string | undefined {
  if (!/^ES/.test(text(header, "alg") ?? "") || signature.length === 0 || signature.length % 2 !== 0) return undefined;
  const half = signature.length / 2;
  const zero = [signature.subarray(0, half), signature.subarray(half)].some((part) => part.every((byte) => byte === 0));
  return zero
    ? "its ECDSA signature holds a zero, which verifiers that forget to check accept for anything"
    : undefined;
}

function cut(token: Token): string | undefined {
  return hasWrongLength(token) ? "its signature has the wrong length for its algorithm: cut off or changed" : undefined;
}
