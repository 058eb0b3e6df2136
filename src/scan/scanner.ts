import type { Matcher } from "../detect/matcher.ts";
import { plan } from "../detect/plan.ts";
import { MATCHERS } from "../generated/matchers.ts";
import { SAMPLES } from "../generated/samples.ts";
import type { Limits } from "../sources/unit.ts";
import type { UnitScanner } from "./scan-unit.ts";

/** What makes a scanner, as plain data that a worker is born with. */
export interface ScannerOptions {
  /** Ids of built-in rules that are switched off. */
  readonly disabled: readonly string[];
  /** Rules of the user; their patterns run on a linear-time engine. */
  readonly custom: readonly Matcher[];
  /** SHA-256 of samples that the user's settings add. */
  readonly extraSamples: readonly string[];
  readonly limits: Limits;
  readonly explain: boolean;
  /** Compute GitHub's line hashes, which only SARIF needs. */
  readonly lineHashes: boolean;
}

/** Builds the scanner of this thread: the rule set in the kernel's tables, everything else compiled when first needed. */
export async function openScanner(options: ScannerOptions): Promise<UnitScanner> {
  const off = new Set(options.disabled);
  const builtin = (MATCHERS as readonly Matcher[]).filter((matcher) => !off.has(matcher.id));
  const engine = options.custom.length ? (await import("../detect/foreign.ts")).foreignPattern : undefined;
  return {
    plan: plan([...builtin, ...options.custom], engine),
    samples: {
      hashes: new Map([
        ...SAMPLES.hashes,
        ...options.extraSamples.map((hash) => [hash, "named in the settings"] as const),
      ]),
      values: new Set(SAMPLES.values),
    },
    limits: options.limits,
    explain: options.explain,
    lineHashes: options.lineHashes,
  };
}

/** The ids of the built-in rules. */
export const BUILTIN_IDS: readonly string[] = (MATCHERS as readonly Matcher[]).map((matcher) => matcher.id);

/** How many rules a scanner with these options has. */
export function ruleCount(options: ScannerOptions): number {
  const off = new Set(options.disabled);
  return (MATCHERS as readonly Matcher[]).filter((matcher) => !off.has(matcher.id)).length + options.custom.length;
}
