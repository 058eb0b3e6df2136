import type { Matcher } from "../detect/matcher.ts";
import { compileRules, openPlan, type Plan } from "../detect/plan.ts";
import { SAMPLES } from "../generated/samples.ts";
import type { HistoryData } from "../history/data.ts";
import { byBytes, spotsOf } from "../kernel/buckets.ts";
import { spotsIn } from "../kernel/tables.ts";
import type { Limits } from "../sources/unit.ts";
import { BUILTIN_IDS, builtinCompiled, builtinMatcher } from "./builtin.ts";
import type { ChangesScanner } from "./scan-changes.ts";
import type { ObjectScanner } from "./scan-objects.ts";
import type { UnitScanner } from "./scan-unit.ts";
import type { StoredFiles } from "./versions.ts";

/** What makes a scanner, as plain data that a worker is born with. */
export interface ScannerOptions {
  /** Ids of built-in rules that are switched off. */
  readonly disabled: readonly string[];
  /** Rules of the user; their patterns run on a linear-time engine. */
  readonly custom: readonly Matcher[];
  /** SHA-256 of samples that the user's settings add. */
  readonly extraSamples: readonly string[];
  readonly limits: Limits;
  /** The repository whose history is read. */
  readonly history?: HistoryData;
  /** The repository whose commits or index are read. */
  readonly stored?: StoredFiles;
  readonly explain: boolean;
  /** Compute GitHub's line hashes, which only SARIF needs. */
  readonly lineHashes: boolean;
}

/** Builds the scanner of this thread: the rule set in the kernel's tables, everything else compiled when first needed. */
export async function openScanner(options: ScannerOptions): Promise<UnitScanner> {
  let objects: ObjectScanner | undefined;
  let changes: ChangesScanner | undefined;
  const scanner: UnitScanner = {
    plan: await planFor(options),
    objects: async () => {
      if (!options.history) throw new Error("no repository was given");
      objects ??= (await import("./scan-objects.ts")).openObjects(scanner, options.history);
      return objects;
    },
    changes: async (deadline) => {
      if (!options.stored) throw new Error("no repository was given");
      changes ??= (await import("./scan-changes.ts")).openChanges(scanner, options.stored, deadline);
      return changes;
    },
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
  return scanner;
}

let kept: { rules?: string; plan?: Promise<Plan> } | undefined;

/**
 * From now on the scans of this thread follow one another, and may share a kernel: to fill one takes as long as to look
 * through a small repository.
 */
export function keepPlan(): void {
  kept ??= {};
}

function planFor(options: ScannerOptions): Promise<Plan> {
  if (!kept) return madePlan(options);
  const rules = JSON.stringify([options.disabled, options.custom]);
  if (kept.rules !== rules) kept = { rules, plan: madePlan(options) };
  return kept.plan!;
}

async function madePlan({ disabled, custom }: ScannerOptions): Promise<Plan> {
  const off = new Set(disabled);
  const isOn = (place: number) => !off.has(BUILTIN_IDS[place]!);
  if (custom.length === 0)
    return openPlan(builtinCompiled(), (place) => (isOn(place) ? builtinMatcher(place) : undefined));
  const builtin = BUILTIN_IDS.map((_, place) => place).filter(isOn);
  const matchers = [...builtin.map(builtinMatcher), ...custom];
  const { foreignPattern } = await import("../detect/foreign.ts");
  const known = spotsIn(builtinCompiled().tables);
  const compiled = compileRules(matchers, (literals) => spotsOf(literals, byBytes, known));
  return openPlan(compiled, (place) => matchers[place], foreignPattern);
}

/** How many rules a scanner with these options has. */
export function ruleCount({ disabled, custom }: ScannerOptions): number {
  const off = new Set(disabled);
  return BUILTIN_IDS.filter((id) => !off.has(id)).length + custom.length;
}
