import { text } from "../decode/claims.ts";
import { parseJose, unwrap } from "../decode/jose.ts";
import { hasWrongLength } from "../decode/signature-length.ts";
import type { Match, Weakness } from "../model/index.ts";
import { shownAs } from "../sources/shown.ts";
import type { Credential } from "./group.ts";
import type { Known } from "./judgement.ts";

/** What other places and other tokens of the same scan say about one credential (OWASP NHI9:2025). */
export interface Reuse {
  /** Where else it, or its identity, was found (BR-REUSE). */
  readonly reused?: string;
  readonly weaknesses: readonly Weakness[];
}

/** Finds what is used more than once: a secret, an identity, a token id, a signature, a nonce, a signing key. */
export function reuseOf(all: readonly Known[]): ReadonlyMap<Credential, Reuse> {
  const shared = sharedBy(all);
  return new Map(
    all.flatMap(({ credential }): [Credential, Reuse][] => {
      const weaknesses = shared.weaknesses.get(credential) ?? [];
      const reused = placesSentence(credential) ?? shared.identities.get(credential);
      return reused || weaknesses.length > 0 ? [[credential, { weaknesses, ...(reused && { reused }) }]] : [];
    }),
  );
}

function placesSentence({ matches }: Credential): string | undefined {
  const files = filesOf(matches).size;
  return files > 1 ? `stands in ${files} files: whoever replaces it has to replace it in all of them` : undefined;
}

function filesOf(matches: readonly Match[]): ReadonlySet<string> {
  return new Set(matches.filter(({ demoted }) => demoted === undefined).map(({ provenance }) => shownAs(provenance)));
}

interface Shared {
  readonly weaknesses: ReadonlyMap<Credential, readonly Weakness[]>;
  readonly identities: ReadonlyMap<Credential, string>;
}

function sharedBy(all: readonly Known[]): Shared {
  const weaknesses = new Map<Credential, Weakness[]>();
  const identities = new Map<Credential, string>();
  const add = (credential: Credential, weakness: Weakness) =>
    weaknesses.set(credential, [...(weaknesses.get(credential) ?? []), weakness]);
  const traces = all.flatMap(traceOf);
  for (const same of groups(traces, ({ identity }) => identity)) {
    const files = filesOf(same.flatMap(({ credential }) => credential.matches)).size;
    const sentence = `${same.length} tokens of its identity stand in ${files} files`;
    if (files > 1) for (const { credential } of same) identities.set(credential, sentence);
  }
  for (const same of groups(traces, ({ id }) => id)) for (const { credential } of same) add(credential, SAME_ID);
  for (const same of groups(traces, ({ signature }) => signature))
    for (const { credential } of same) add(credential, SAME_SIGNATURE);
  for (const same of groups(traces, ({ nonce }) => nonce))
    if (new Set(same.map(({ signature }) => signature)).size > 1)
      for (const { credential } of same) add(credential, SAME_NONCE);
  for (const { credential, pairing } of all) {
    const signed = new Set(pairing?.with);
    const issuers = new Set(traces.filter((trace) => signed.has(trace.credential)).map(({ issuer }) => issuer));
    if (pairing?.signs && issuers.size > 1) add(credential, sharedKey(issuers.size));
  }
  return { weaknesses, identities };
}

/** What of a token may stand in one token only. */
interface Trace {
  readonly credential: Credential;
  readonly signed: string;
  readonly issuer: string | undefined;
  readonly identity: string | undefined;
  readonly id: string | undefined;
  readonly signature: string | undefined;
  /** The first half of an ECDSA signature, which follows from its nonce alone (FIPS 186-5, 6.4). */
  readonly nonce: string | undefined;
}

function traceOf({ credential, anatomy }: Known): readonly Trace[] {
  const [match] = credential.matches;
  if (credential.rule.decoder !== "jwt" || match.demoted || anatomy?.sample) return [];
  const token = unwrap(match.secret.reveal()).token;
  const jose = parseJose(token);
  if (!jose) return [];
  const { issuer, client, subject } = anatomy?.authority ?? {};
  const whole = jose.signature.length >= 32 && !hasWrongLength(jose);
  const signature = whole ? Buffer.from(jose.signature).toString("base64url") : undefined;
  const ecdsa = whole && /^ES\d/.test(text(jose.header, "alg") ?? "") && jose.signature.some((byte) => byte !== 0);
  const [who, id] = [client ?? subject, text(jose.claims, "jti")];
  return [
    {
      credential,
      signed: token.slice(0, token.lastIndexOf(".")),
      issuer,
      identity: issuer && who && `${issuer}\0${who}`,
      id: id && `${issuer}\0${id}`,
      signature,
      nonce: ecdsa
        ? Buffer.from(jose.signature.subarray(0, jose.signature.length / 2)).toString("base64url")
        : undefined,
    },
  ];
}

/** Tokens that differ in what is signed and share a key; each group has two or more. */
function groups(traces: readonly Trace[], key: (trace: Trace) => string | undefined): readonly (readonly Trace[])[] {
  const byKey = new Map<string, Trace[]>();
  for (const trace of traces) {
    const name = key(trace);
    const known = name === undefined ? undefined : byKey.get(name);
    if (known) known.push(trace);
    else if (name !== undefined) byKey.set(name, [trace]);
  }
  return [...byKey.values()].filter((same) => new Set(same.map(({ signed }) => signed)).size > 1);
}

const SAME_ID: Weakness = {
  id: "E16",
  text: "its id (jti) stands in another token too: whoever revokes or remembers one by it takes it for the other",
  cwe: [694],
  references: ["RFC 7519 4.1.7"],
};

const SAME_SIGNATURE: Weakness = {
  id: "E16",
  text: "its signature stands under another token too: one of the two was changed",
  cwe: [347],
  references: ["RFC 8725 2.1"],
};

const SAME_NONCE: Weakness = {
  id: "E17",
  text: "its ECDSA signature uses the nonce of another token's: whoever has both can compute the signing key",
  cwe: [323, 330],
  references: ["RFC 6979 1"],
};

function sharedKey(issuers: number): Weakness {
  return {
    id: "E16",
    text: `signs tokens of ${issuers} issuers: who has it makes tokens of each`,
    cwe: [653, 668],
    references: ["RFC 8725 3.9"],
  };
}
