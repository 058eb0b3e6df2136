import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { KnownFinding } from "../history/state.ts";
import { LEVELS, type Level, type Report } from "../model/index.ts";
import { builtData } from "../rules/data.ts";
import { isExpired } from "../scan/suppress.ts";
import type { Prepared } from "./prepare.ts";

/** The findings of a state and those of a report that count: what is allowed or harmless now may count later. */
export function joined(known: readonly KnownFinding[], { findings }: Report): KnownFinding[] {
  const all = new Map(known.map((each) => [each.fingerprint, each]));
  for (const { fingerprint, rule, reach, suppression } of findings)
    if (suppression === undefined && reach.level !== "none")
      all.set(fingerprint, { fingerprint, rule, level: reach.level });
  return [...all.values()].sort((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1));
}

/** Open findings by level. */
export function byLevel(findings: readonly KnownFinding[]): Record<Level, number> {
  const counts = Object.fromEntries(LEVELS.map((level) => [level, 0])) as Record<Level, number>;
  for (const { level } of findings) counts[level]++;
  return counts;
}

/** What of a request decides which findings there are. */
interface Basis {
  readonly policy?: string;
  readonly provenance?: boolean;
  readonly untrusted?: true;
  readonly findAgain?: true;
}

/** Hash of what decides which findings there are: rules, settings, leakreach's version, and which allowances have run out. */
export function rulesHash(
  { options, settings }: Prepared,
  { policy, provenance = true, untrusted, findAgain }: Basis,
  version: string,
): string {
  const { disabled, custom, extraSamples } = options.scanner;
  const hash = createHash("sha256");
  for (const name of ["matchers.txt", "compiled.txt", "tables.bin", "rules.txt"] as const) hash.update(builtData(name));
  const files = [settings.file, policy && resolve(policy)].map((file) => (file ? readFileSync(file, "utf8") : null));
  const rest = {
    version,
    disabled,
    custom,
    extraSamples,
    files,
    expired: settings.allow.map((entry) => isExpired(entry, options.now)),
    ignored: options.ignore?.places ?? [],
    provenance,
    untrusted,
    findAgain,
  };
  return hash.update(JSON.stringify(rest)).digest("hex");
}
