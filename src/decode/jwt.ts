import type { Anatomy, Authority, Fact, Hint } from "../model/index.ts";
import { type Claims, has, list, object, objects, text } from "./claims.ts";
import { type Jose, parseJose } from "./jose.ts";
import { authorityOf, isMachine, principalOf } from "./jwt-authority.ts";
import { bindingHints, boundTo } from "./jwt-binding.ts";
import { environmentHints } from "./jwt-environment.ts";
import { harmlessHints, type Kind, kindHints, kindOf } from "./jwt-kind.ts";
import { sampleOf } from "./jwt-samples.ts";
import { exchangeHints } from "./profiles/exchange.ts";
import { profileOf } from "./profiles/index.ts";
import { facts, hints, type Profile, type Reading } from "./profiles/profile.ts";
import { hasWrongLength } from "./signature-length.ts";
import { weaknessesOf } from "./weaknesses.ts";

/** Reads a JWT, or any other JOSE object, offline; undefined when it is none. Nothing it claims is verified. */
export function decodeJwt(secret: string): Anatomy | undefined {
  const token = parseJose(secret);
  if (!token) return undefined;
  const profile = profileOf(token);
  const reading = profile?.read(token) ?? {};
  const guess = kindOf(token);
  const kind: Kind = guess.explicit || !reading.kind ? guess : { ...guess, kind: reading.kind };
  const authority = authorityOf(token, kind.kind, reading, profile);
  const sample = reading.sample ?? sampleOf(token);
  return {
    facts: factsOf(token, kind, authority, reading, profile),
    hints: hintsOf(token, kind, authority, reading),
    authority,
    weaknesses: weaknessesOf(secret, token, authority, profile !== undefined),
    ...(sample !== undefined && { sample }),
  };
}

function factsOf(
  token: Jose,
  kind: Kind,
  authority: Authority,
  reading: Reading,
  profile: Profile | undefined,
): readonly Fact[] {
  const { header, claims } = token;
  const principal = principalOf(claims, reading);
  return [
    ...facts({
      type: profile ? profile.name : kind.name,
      kind: kind.kind,
      provider: profile?.provider,
      algorithm: text(header, "alg"),
      encryption: text(header, "enc"),
      "key id": text(header, "kid"),
      issuer: authority.issuer,
      audience: authority.audiences,
      client: authority.client,
      "subject kind": principal === "unknown" ? undefined : principal,
      subject: isMachine(principal) ? authority.subject : undefined,
      scope: authority.scopes.length > 0 ? authority.scopes.join(" ") : undefined,
      role: authority.roles,
      issued: time(authority.issued),
      "not before": time(authority.notBefore),
      expires: authority.expires === "never" ? "never" : time(authority.expires),
      "token id": has(claims, "jti") ? "yes: can be revoked by it" : undefined,
      "bound to": boundTo(token),
      disclosures: token.form === "sd-jwt" ? token.disclosures : undefined,
    }),
    ...delegationFacts(claims),
    ...(reading.facts ?? []),
  ];
}

/** RFC 8693, 4.1 and 4.4: who acts, and who may exchange the token further. RFC 9396: what was authorized in detail. */
function delegationFacts(claims: Claims): readonly Fact[] {
  return facts({
    "acting party": has(claims, "act") ? `${depth(object(claims, "act"))} in the chain` : undefined,
    "may be exchanged": has(claims, "may_act") ? "yes (may_act)" : undefined,
    authorization: objects(claims, "authorization_details").map((detail) => text(detail, "type") ?? "unnamed"),
    "authentication methods": list(claims, "amr"),
  });
}

function depth(actor: Claims): number {
  return has(actor, "act") ? 1 + depth(object(actor, "act")) : 1;
}

/** A NumericDate in ISO 8601; undefined for one that no calendar holds. */
function time(seconds: number | undefined): string | undefined {
  if (seconds === undefined || Math.abs(seconds) > 8.64e12) return undefined;
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}

/** Later hints win: the kind's, the audience's, the profile's, then what holds for any token. */
function hintsOf(token: Jose, kind: Kind, authority: Authority, reading: Reading): readonly Hint[] {
  const federated = kind.kind === "id" || kind.kind === "workload";
  const found: readonly Hint[] = [
    ...kindHints(token, kind),
    ...((federated && exchangeHints(authority.audiences ?? [])) || []),
    ...(kind.explicit ? [] : (reading.hints ?? [])),
  ];
  const all = [
    ...hints({ certainty: ["structure", "its parts decode"] }),
    ...environmentHints(authority.issuer),
    ...plainHints(authority, found),
    ...found,
    ...dataHints(token.claims, authority),
    ...bindingHints(token, authority),
    ...doubtHints(token, authority),
    ...harmlessHints(kind),
  ];
  return [...new Map(all.map((hint) => [hint.trait, hint])).values()];
}

/** A token that says nothing about what it allows reads something private, as most of them do. */
function plainHints({ kind, scopes, roles, audiences = [] }: Authority, found: readonly Hint[]): readonly Hint[] {
  const silent = scopes.length === 0 && roles.length === 0 && kind !== "refresh" && kind !== "session";
  if (!silent || found.some(({ trait }) => trait === "power")) return [];
  const own = kind === "unknown" && audiences.length < 2;
  return hints({
    power: [2, "names no scope, role or group: taken to read what its subject may"],
    ...(own && { breadth: ["service", "taken to be one service's own token"] as const }),
    data: ["internal", "says nothing about what it reads"],
  });
}

/** What is authorized in detail, all there is, or by a second factor is worth more; a vendor's dictionary knows better. */
function dataHints(claims: Claims, { scopes, kind, dictionary }: Authority): readonly Hint[] {
  const types = objects(claims, "authorization_details").map((detail) => text(detail, "type") ?? "");
  const payment = types.find((type) => /payment|account_information|credit|transfer/i.test(type));
  if (payment) return hints({ data: ["regulated", `authorizes payments or accounts (${payment})`] });
  if (dictionary !== "generic" || kind !== "access") return [];
  if (scopes.includes("*")) return hints({ data: ["confidential", "scope * covers everything the service keeps"] });
  const strong = list(claims, "amr").includes("mfa");
  return strong
    ? hints({ data: ["confidential", "its user passed a second factor, which a thief skips (amr mfa)"] })
    : [];
}

function doubtHints(token: Jose, authority: Authority): readonly Hint[] {
  if (token.form === "unsecured") {
    return hints({
      certainty: ["unsigned", "is not signed: only a broken or emulated verifier accepts it"],
      ...(!authority.audiences && {
        breadth: ["service", "only a service that skips the signature accepts it"] as const,
      }),
    });
  }
  return hasWrongLength(token)
    ? hints({ certainty: ["bad-checksum", "its signature has the wrong length for its algorithm: cut off or changed"] })
    : [];
}
