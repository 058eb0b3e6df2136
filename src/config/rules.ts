import { isInside, type Rule, type RuleId } from "../model/index.ts";
import type { Fault } from "./document.ts";
import type { RawRule, RawRuleFile } from "./raw.ts";
import { readText } from "./read.ts";

/** Provider of rules that name none. */
export const CUSTOM = "custom";

const MAX_BYTES = 1 << 20;

const IMPACT = "Whoever holds it can do what it was issued for; your own rule says no more.";

/** A rule of the user with everything that it left out. */
export function toRule(raw: RawRule, provider: string): Rule {
  return {
    provider,
    impact: IMPACT,
    revoke: { how: "Have whoever issued it end it." },
    references: [],
    ...raw,
    id: raw.id as RuleId,
    reach: { power: 2, certainty: "prefix", ...raw.reach },
  };
}

/** What is wrong with a rule's pattern for the linear-time engine it runs on; undefined if nothing is. */
export async function patternFault(pattern: string): Promise<string | undefined> {
  const { RE2JS } = await import("re2js");
  try {
    const compiled = RE2JS.compile(RE2JS.translateRegExp(pattern));
    if (compiled.test("")) return "matches the empty text, so it would match everywhere: name what must stand there";
    return undefined;
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^error parsing regexp: /, "") : "it does not compile";
    return `is not a regular expression in RE2 syntax (no look-around, no back-references, repeats up to 1000): ${why}`;
  }
}

/** Rules as a file holds them, and how to complain about the one at a place in its list. */
export interface RuleSource {
  readonly provider: string;
  readonly rules: readonly RawRule[];
  fault(at: number, key: "id" | "pattern", text: string): Fault;
  refuse(faults: readonly Fault[]): void;
}

/** Checks what no schema can (patterns compile, ids are given once) and completes every rule. */
export async function toRules(sources: readonly RuleSource[]): Promise<Rule[]> {
  const taken = new Set<string>();
  const rules: Rule[] = [];
  for (const source of sources) {
    const faults: Fault[] = [];
    for (const [at, raw] of source.rules.entries()) {
      const wrong = await patternFault(raw.pattern);
      if (wrong) faults.push(source.fault(at, "pattern", wrong));
      if (taken.has(raw.id)) faults.push(source.fault(at, "id", "another rule has this id: choose one of its own"));
      taken.add(raw.id);
      rules.push(toRule(raw, source.provider));
    }
    source.refuse(faults);
  }
  return rules;
}

/** Reads the rule files that settings name; they must lie in the settings' folder. */
export async function readRuleFile(path: string, folder: string, shown: string): Promise<RuleSource | string> {
  const [{ check }, { realpath }] = await Promise.all([import("./check.ts"), import("node:fs/promises")]);
  const [real, home] = await Promise.all([realpath(path).catch(() => undefined), realpath(folder)]);
  if (real === undefined) return "there is no such file: the path counts from the folder of the settings";
  if (!isInside(real, home)) return "leads out of the folder of the settings: copy the file there";
  const text = readText(real, { name: shown, code: "rule-invalid", limit: MAX_BYTES });
  const file = check<RawRuleFile>(text ?? "", shown, "#/$defs/ruleFile", "rule-invalid");
  const fault: RuleSource["fault"] = (at, key, what) => file.fault(["rules", at, key], what);
  return { provider: file.value.provider ?? CUSTOM, rules: file.value.rules, fault, refuse: file.refuse };
}
