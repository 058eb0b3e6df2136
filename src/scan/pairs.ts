import type { Match, Weakness } from "../model/index.ts";
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

/** Finds what belongs together: id and secret, token and signing key, bound token and its key. */
export async function pair(
  credentials: readonly Credential[],
): Promise<{ pairings: Map<Credential, Pairing>; folded: Set<Credential> }> {
  const pairings = new Map<Credential, Pairing>();
  const folded = new Set<Credential>();
  halves(credentials, pairings, folded);
  await keys(credentials, pairings);
  return { pairings, folded };
}

/** A half near its other half is whole; the other half becomes a place of the same finding. */
function halves(credentials: readonly Credential[], pairings: Map<Credential, Pairing>, folded: Set<Credential>): void {
  for (const one of credentials) {
    const wanted = one.rule.pair;
    if (!wanted || folded.has(one)) continue;
    for (const other of credentials) {
      if (other.rule.id !== wanted.rule || other === one || folded.has(other)) continue;
      const near = nearest(one, other, wanted.lines);
      if (!near) continue;
      const place = `${near.provenance.path}:${near.region.line}`;
      const before = pairings.get(one);
      pairings.set(one, {
        paired: before?.paired ?? `its other half (${other.rule.name}) stands at ${place}`,
        with: [...(before?.with ?? []), other],
        places: [...(before?.places ?? []), ...other.matches],
      });
      folded.add(other);
    }
  }
}

function nearest(one: Credential, other: Credential, lines: number): Match | undefined {
  for (const a of one.matches) {
    if (a.demoted) continue;
    for (const b of other.matches) {
      if (!b.demoted && a.blob === b.blob && Math.abs(a.region.line - b.region.line) <= lines) return b;
    }
  }
  return undefined;
}

/** Tries the keys of the scan on the tokens of the scan; the work is bounded, and only tokens that could fit are tried. */
async function keys(credentials: readonly Credential[], pairings: Map<Credential, Pairing>): Promise<void> {
  const tokens = credentials.filter((c) => c.rule.decoder === "jwt" && !c.matches[0].demoted);
  if (tokens.length === 0) return;
  const signers = credentials.filter((c) => c.rule.decoder !== "jwt" && mayVerify(c));
  if (signers.length === 0) return;
  const { tryKey } = await import("./keys.ts");
  let tries = 0;
  for (const token of tokens) {
    for (const signer of signers) {
      if (++tries > MAX_TRIES) return;
      const fit = await tryKey(token.matches[0].secret, signer);
      if (fit) link(token, signer, fit, pairings);
    }
  }
}

function mayVerify(credential: Credential): boolean {
  const { detector, decoder } = credential.rule;
  return detector === "generic" || detector === "password" || decoder === "pem" || decoder === "jwk";
}

function link(token: Credential, signer: Credential, fit: Fit, pairings: Map<Credential, Pairing>): void {
  const at = (c: Credential) => `${c.matches[0].provenance.path}:${c.matches[0].region.line}`;
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
