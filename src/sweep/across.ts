import type { Finding, Match, Rule } from "../model/index.ts";
import type { RepositoryReport, SweptRepository } from "../report/repository-report.ts";
import type { Credential } from "../scan/group.ts";
import { isToken, mayVerify } from "../scan/pairs.ts";
import { tryApart } from "./try-apart.ts";

/** Most tokens and keys of a sweep that are kept in memory. */
const MOST_KEPT = 50_000;
/** Most keys that are tried in a sweep. */
const MOST_TRIES = 5_000_000;

/** The tokens and keys among findings, as pairs are made of them. */
export function pairable(findings: readonly Finding[], rules: ReadonlyMap<string, Rule>): Credential[] {
  return findings.flatMap(({ rule: id, fingerprint, secret, exposures }) => {
    const rule = rules.get(id);
    const own = exposures.find((match) => match.secret.reveal() === secret.reveal());
    if (!rule || !own || own.demoted !== undefined) return [];
    const credential: Credential = { rule, fingerprint, matches: [own] };
    return isToken(credential) || mayVerify(credential) ? [credential] : [];
  });
}

/** Whether what was found in a repository may belong to what was found in another. */
export const mayBelong = ({ report }: RepositoryReport, rules: ReadonlyMap<string, Rule>): boolean =>
  report.findings.some(({ rule: id }) => {
    const rule = rules.get(id);
    return rule !== undefined && (rule.decoder === "jwt" || mayVerify({ rule }));
  });

/** A credential with the repositories it stands in, named after the first of them. */
interface Held {
  readonly credential: Credential;
  readonly named: string;
  readonly ids: Set<string>;
}

const credentialOf = ({ credential }: Held): Credential => credential;

/** The tokens and keys of a sweep, while it runs: never written anywhere. */
export class Across {
  readonly #held = new Map<string, Held>();
  readonly #known = new Set<string>();
  /** Whether there were more than could be kept or tried. */
  isCut = false;

  /** Whether a repository's tokens and keys are here. */
  has(id: string): boolean {
    return this.#known.has(id);
  }

  add({ id, name }: SweptRepository, secrets: readonly Credential[]): void {
    this.#known.add(id);
    for (const credential of secrets) {
      const { fingerprint } = credential;
      const known = this.#held.get(fingerprint);
      known?.ids.add(id);
      if (!known && this.#held.size >= MOST_KEPT) this.isCut = true;
      else if (!known || id < known.named)
        this.#held.set(fingerprint, { credential: at(credential, name), named: id, ids: known?.ids ?? new Set([id]) });
    }
  }

  /** By repository: the credentials of others that belong to some of its own, found in `memory` MiB. Aborted, it gives what it has found. */
  async strangers(memory: number, signal: AbortSignal): Promise<ReadonlyMap<string, readonly Credential[]>> {
    const all = [...this.#held.values()].sort((a, b) => (a.credential.fingerprint < b.credential.fingerprint ? -1 : 1));
    const tokens = all.filter(({ credential }) => isToken(credential));
    const signers = all.filter(({ credential }) => mayVerify(credential));
    const found = new Map<string, Credential[]>();
    const add = (to: Held, other: Held) => {
      for (const id of to.ids) if (!other.ids.has(id)) found.set(id, [...(found.get(id) ?? []), other.credential]);
    };
    if (this.#known.size < 2) return found;
    const pairable = { tokens: tokens.map(credentialOf), keys: signers.map(credentialOf) };
    const { fits, isCut } = await tryApart(pairable, MOST_TRIES, memory, signal);
    this.isCut ||= isCut;
    for (const { token, keys } of fits)
      for (const key of keys) {
        add(tokens[token]!, signers[key]!);
        add(signers[key]!, tokens[token]!);
      }
    return found;
  }
}

/** A credential whose place names its repository, for whoever reads of it in another. */
function at({ matches: [match], ...rest }: Credential, repository: string): Credential {
  const path = `${repository}: ${match.provenance.path}`;
  const provenance: Match["provenance"] = { kind: "file", path };
  return { ...rest, matches: [{ ...match, provenance }] };
}
