import { type Rule } from "../model/index.ts";
import type { Fault } from "./document.ts";
import type { RawRule } from "./raw.ts";
/** Provider of rules that name none. */
export declare const CUSTOM = "custom";
/** A rule of the user with everything that it left out. */
export declare function toRule(raw: RawRule, provider: string): Rule;
/** What is wrong with a rule's pattern for the linear-time engine it runs on; undefined if nothing is. */
export declare function patternFault(pattern: string): Promise<string | undefined>;
/** Rules as a file holds them, and how to complain about the one at a place in its list. */
export interface RuleSource {
    readonly provider: string;
    readonly rules: readonly RawRule[];
    fault(at: number, key: "id" | "pattern", text: string): Fault;
    refuse(faults: readonly Fault[]): void;
}
/** Checks what no schema can (patterns compile, ids are given once) and completes every rule. */
export declare function toRules(sources: readonly RuleSource[]): Promise<Rule[]>;
/** Reads the rule files that settings name; they must lie in the settings' folder. */
export declare function readRuleFile(path: string, folder: string, shown: string): Promise<RuleSource | string>;
