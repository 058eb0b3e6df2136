import { compare, type Match, toldName, type Weakness } from "../model/index.ts";
import type { Credential } from "./group.ts";
import type { Fit } from "./keys.ts";

/** What the other half, or the key, of a credential in the same scan says about it. */
export interface Pairing {
  /** Completes a half: the sentence for the report. */
  readonly paired?: string;
  /** The key that verified its signature. */
  readonly proved?: string;
  /** This key signs tokens that were found: what a thief can mint with it. */
  readonly signs?: string;
  /** What the two together give away: a key that is too short, a token made with a public key. */
  readonly weaknesses?: readonly Weakness[];
  readonly with: readonly Credential[];
  /** Places of the other half, shown as places of this finding. */
  readonly places: readonly Match[];
}

/** Most signatures that are tried in one scan. */
const MAX_TRIES = 20_000;

/** Finds what belongs together: id and secret, token and signing key, bound token and its key. Of strangers only tokens and keys. */
export async function pair(
  credentials: readonly Credential[],
  strangers: readonly Credential[] = [],
): Promise<{ pairings: Map<Credential, Pairing>; folded: Set<Credential> }> {
  const pairings = new Map<Credential, Pairing>();
  const folded = new Set<Credential>();
  halves(credentials, pairings, folded);
  completed(credentials, pairings);
  await keys(credentials, strangers, pairings);
  return { pairings, folded };
}

/** Two halves of one credential that stand near each other: `one` is shown, and `other` becomes a place of it. */
interface Near {
  readonly one: Credential;
  readonly other: Credential;
  /** Where `other` stands. */
  readonly at: Match;
  /** Lines from one to the other. */
  readonly lines: number;
}

/** The closest halves find each other first, and of equally close ones those that come first. A half whose other half is taken is whole too, but a finding of its own. */
function halves(credentials: readonly Credential[], pairings: Map<Credential, Pairing>, folded: Set<Credential>): void {
  const near = nearHalves(credentials).sort((a, b) => a.lines - b.lines);
  for (const { one, other, at } of near) {
    if (pairings.has(one) || pairings.has(other) || folded.has(one) || folded.has(other)) continue;
    pairings.set(one, { paired: standsAt(other, at), with: [other], places: other.matches });
    folded.add(other);
  }
  for (const { one, other, at } of near) {
    if (folded.has(one) || pairings.has(one)) continue;
    pairings.set(one, { paired: standsAt(other, at), with: [other], places: [] });
  }
}

const standsAt = (other: Credential, match: Match): string =>
  `its other half (${other.rule.name}) stands at ${placeText(match)}`;

const placeText = (match: Match): string => `${toldName(match, match.provenance.path)}:${match.region.line}`;

/** Most halves behind a place that are looked at: a line may hold a million of them. */
const NEIGHBOURS = 64;

function nearHalves(credentials: readonly Credential[]): Near[] {
  const wanted = new Set(credentials.flatMap(({ rule }) => rule.pair?.rule ?? []));
  const places = credentials
    .filter(({ rule }) => rule.pair || wanted.has(rule.id))
    .flatMap((credential) => credential.matches.filter((at) => !at.demoted).map((at) => ({ credential, at })))
    .sort((a, b) => compare(a.at.blob, b.at.blob) || a.at.span.start - b.at.span.start);
  return places.flatMap((first, i) =>
    places.slice(i + 1, i + 1 + NEIGHBOURS).flatMap((second) => {
      if (second.at.blob !== first.at.blob) return [];
      const lines = second.at.region.line - first.at.region.line;
      const fits = ({ rule }: Credential, other: Credential) =>
        rule.pair?.rule === other.rule.id && lines <= rule.pair.lines;
      const [a, b] = [first.credential, second.credential];
      return [
        ...(fits(a, b) ? [{ one: a, other: b, at: second.at, lines }] : []),
        ...(fits(b, a) ? [{ one: b, other: a, at: first.at, lines }] : []),
      ];
    }),
  );
}

/** A secret whose rule wants something beside it, and has it there. */
function completed(credentials: readonly Credential[], pairings: Map<Credential, Pairing>): void {
  for (const credential of credentials) {
    const { beside } = credential.rule;
    if (!beside || !credential.matches[0].whole || credential.matches[0].demoted) continue;
    pairings.set(credential, { paired: `its ${beside.what} stands beside it`, with: [], places: [] });
  }
}

/** Tries the keys of the scan on the tokens of the scan; the work is bounded, and only tokens that could fit are tried. */
async function keys(
  own: readonly Credential[],
  strangers: readonly Credential[],
  pairings: Map<Credential, Pairing>,
): Promise<void> {
  const elsewhere = new Set(strangers);
  const all = [...own, ...strangers];
  const [tokens, signers] = [all.filter(isToken), all.filter(mayVerify)];
  if (tokens.length === 0 || signers.length === 0) return;
  const { tryKey } = await import("./keys.ts");
  let tries = 0;
  for (const token of tokens) {
    for (const signer of signers) {
      if (elsewhere.has(token) && elsewhere.has(signer)) continue;
      if (++tries > MAX_TRIES) return;
      const fit = await tryKey(token.matches[0].secret, signer);
      if (fit) link(token, signer, fit, pairings);
    }
  }
}

/** Whether a key may have made it. */
export const isToken = ({ rule, matches }: Credential): boolean => rule.decoder === "jwt" && !matches[0].demoted;

/** Whether it may be the key of a token. */
export function mayVerify({ rule: { detector, decoder } }: Pick<Credential, "rule">): boolean {
  if (decoder === "jwt") return false;
  return detector === "generic" || detector === "password" || decoder === "pem" || decoder === "jwk";
}

function link(token: Credential, signer: Credential, fit: Fit, pairings: Map<Credential, Pairing>): void {
  const at = (c: Credential) => placeText(c.matches[0]);
  add(pairings, token, signer, {
    ...(fit.as === "signs" && { proved: `at ${at(signer)}` }),
    ...(fit.as === "binds" && { paired: `the matching private key stands at ${at(signer)}` }),
    ...(fit.as === "confuses" && fit.weakness && { weaknesses: [fit.weakness] }),
  });
  if (fit.as !== "signs") return;
  add(pairings, signer, token, {
    signs: `it signs the token at ${at(token)}: who has it can mint such tokens for anybody`,
    ...(fit.weakness && { weaknesses: [fit.weakness] }),
  });
}

function add(
  pairings: Map<Credential, Pairing>,
  one: Credential,
  other: Credential,
  said: Omit<Pairing, "with" | "places">,
): void {
  const before = pairings.get(one);
  pairings.set(one, { ...before, ...said, with: [...(before?.with ?? []), other], places: before?.places ?? [] });
}
