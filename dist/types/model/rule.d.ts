import type { Traits } from "./traits.ts";
export type RuleId = string & {
    readonly __brand: "RuleId";
};
/** How the kernel finds a rule: by a prefix at the start of a run, by a keyword before a mixed run, or by a literal. */
export type Way = "prefix" | "run" | "literal";
/** Where to revoke a token of this kind. `command` is shown as it stands, with `<token>` for the secret. */
export interface Revoke {
    readonly how: string;
    readonly url?: string;
    readonly command?: string;
}
/** What a token of this kind reaches when nothing about it decodes. `life` is a duration (`8h`, `90d`), `none` or `unknown`. */
export interface DefaultReach extends Partial<Omit<Traits, "life">> {
    readonly life?: string;
}
/** A text near a secret without which the secret is of little use, such as the id of its client. */
export interface Beside {
    /** What it is, in words. */
    readonly what: string;
    /** Finds it, without case; named groups are shown in reports, so they must not be secret. */
    readonly pattern: string;
    /** Without it the match does not stand: the secret has no shape of its own. */
    readonly required?: boolean;
}
/** What a rule finds and what that means. */
export interface Rule {
    readonly id: RuleId;
    readonly provider: string;
    readonly name: string;
    readonly impact: string;
    readonly keywords: readonly string[];
    readonly pattern: string;
    readonly way?: Way;
    /** Bytes before and after the anchor that the pattern may see. */
    readonly window?: {
        readonly before: number;
        readonly after: number;
    };
    /** A text that stands in no match behind its keyword: the window ends before it, so that windows hardly overlap. */
    readonly until?: string;
    /** Fewest bits a character (Shannon) the secret must have. */
    readonly entropy?: number;
    readonly checksum?: string;
    readonly decoder?: string;
    readonly detector?: string;
    readonly reach: DefaultReach;
    readonly revoke: Revoke;
    readonly references: readonly string[];
    /** The id of the rule whose match within `lines` lines makes this one whole (a key id and its secret). */
    readonly pair?: {
        readonly rule: RuleId;
        readonly lines: number;
    };
    readonly beside?: Beside;
}
/** A rule as written in rules/providers/<name>.yml; its JSON schema is rules/rule.schema.json. */
export interface WrittenRule extends Rule {
    readonly examples: readonly string[];
    /** Nearest misses, none of which the rule may find. */
    readonly negative_examples: readonly string[];
}
