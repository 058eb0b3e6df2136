import { type Match, type Secret, TELLING } from "../model/index.ts";

/** Says of each match which secrets of the others stand in the names of its place: a file may be called by one of them. */
export function withNamed(matches: readonly Match[]): readonly Match[] {
  if (matches.length < 2) return matches;
  const secretsIn = inNames(matches);
  return matches.map((match) => {
    const { path, inner = [] } = match.provenance;
    const own = match.secret.reveal();
    const named = [path, ...inner].flatMap(secretsIn).filter((secret) => secret.reveal() !== own);
    return named.length === 0 ? match : { ...match, named: [...new Set(named)] };
  });
}

/** Finds the secrets that stand in a name; each name is looked through once. */
function inNames(matches: readonly Match[]): (name: string) => readonly Secret[] {
  const secrets = new Map(matches.map(({ secret }) => [secret.reveal(), secret]));
  const byBeginning = new Map<string, string[]>();
  const marks = new Uint8Array(1 << 16);
  for (const value of secrets.keys()) {
    if (value.length < TELLING) continue;
    const beginning = value.slice(0, TELLING);
    byBeginning.set(beginning, [...(byBeginning.get(beginning) ?? []), value]);
    marks[markAt(value, 0)] = 1;
  }
  const known = new Map<string, readonly Secret[]>();
  return (name) => {
    const before = known.get(name);
    if (before) return before;
    const found: Secret[] = [];
    for (let at = 0; at + TELLING <= name.length; at++) {
      if (!marks[markAt(name, at)]) continue;
      for (const value of byBeginning.get(name.slice(at, at + TELLING)) ?? [])
        if (name.startsWith(value, at)) found.push(secrets.get(value)!);
    }
    known.set(name, found);
    return found;
  };
}

/** A number of sixteen bits from some of the characters that tell a secret: most places of names have none that a secret has. */
const markAt = (text: string, at: number): number =>
  (text.charCodeAt(at) * 29_791 +
    text.charCodeAt(at + 4) * 961 +
    text.charCodeAt(at + 8) * 31 +
    text.charCodeAt(at + TELLING - 1)) &
  0xffff;
