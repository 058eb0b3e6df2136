import { type Level, rank } from "../../model/index.ts";
import type { Credential } from "../views/credentials.ts";
import type { Names } from "./names.ts";

/** Where a token is accepted. */
export interface Target {
  readonly boundary: string;
  readonly note: string;
  readonly audience: string;
}

/** Tokens of one kind and level that belong to the same identity and open the same. */
export interface Bundle {
  readonly level: Level;
  readonly identity: string;
  readonly targets: readonly Target[];
  /** The worst first. */
  readonly tokens: readonly [Credential, ...Credential[]];
  readonly label: string;
}

/** Bundles of tokens: by level, and of one level first those that name whose they are, then what opens most, then the largest. */
export function bundlesOf(credentials: readonly Credential[], names: Names): readonly Bundle[] {
  const all = new Map<string, [Credential, ...Credential[]]>();
  for (const credential of credentials) {
    const { worst } = credential;
    const places = targetsOf(credential, names).map(keyOf).sort();
    const key = JSON.stringify([worst.level, worst.rule, names.title(worst), names.identity(credential), places]);
    const known = all.get(key);
    if (known) known.push(credential);
    else all.set(key, [credential]);
  }
  const isNamed = ({ worst }: Credential) => worst.identity !== undefined || names.account(worst) !== undefined;
  return [...all.values()]
    .map((tokens): Bundle => {
      const [first] = tokens;
      const label = tokens.length > 1 ? `${tokens.length} × ${names.title(first.worst)}` : names.token(first);
      const identity = turned(names.identity(first));
      return { level: first.worst.level, identity, targets: targetsOf(first, names), tokens, label };
    })
    .sort(
      (a, b) =>
        rank(b.level) - rank(a.level) ||
        Number(isNamed(b.tokens[0])) - Number(isNamed(a.tokens[0])) ||
        b.targets.length - a.targets.length ||
        b.tokens.length - a.tokens.length,
    );
}

/** Some bundles of each level, so that none hides the others; what a level leaves free the worst of the others take. */
export function someOfEach(bundles: readonly Bundle[], most: number): ReadonlySet<Bundle> {
  const levels = [...new Set(bundles.map(({ level }) => level))];
  const share = Math.floor(most / Math.max(1, levels.length));
  const chosen = new Set(levels.flatMap((each) => bundles.filter(({ level }) => level === each).slice(0, share)));
  for (const bundle of bundles) if (chosen.size < most) chosen.add(bundle);
  return chosen;
}

export const keyOf = ({ boundary, audience }: Pick<Target, "boundary" | "audience">): string =>
  `${boundary}\0${audience}`;

/** `svc at issuer`: what tells identities apart comes first, as little of it fits. */
function turned(identity: string): string {
  const at = identity.indexOf(" ");
  return /^[a-z]+:\/\//.test(identity) && at > 0 ? `${identity.slice(at + 1)} at ${identity.slice(0, at)}` : identity;
}

/** Where a token is accepted; one that names no audience works at its provider. */
function targetsOf({ boundaries, worst }: Credential, names: Names): readonly Target[] {
  const provider = names.provider(worst.rule);
  if (boundaries.length === 0) return [{ boundary: provider, note: "", audience: names.account(worst) ?? provider }];
  return boundaries.flatMap(({ name, owner, sensitivity, mapped, audiences }) => {
    const note = [owner, sensitivity, mapped ? "" : "unmapped"].filter(Boolean).join(", ");
    return (audiences.length > 0 ? audiences : [name]).map((audience) => ({ boundary: name, note, audience }));
  });
}
