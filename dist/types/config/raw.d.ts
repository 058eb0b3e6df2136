import type { Boundary, Level, Pattern, Policy, Power, Traits, WrittenRule } from "../model/index.ts";
/** What every entry that allows something says. */
export interface RawTerms {
    readonly reason: string;
    readonly until?: string;
}
export type RawAllow = RawTerms & {
    readonly fingerprint?: string;
    readonly path?: string;
    readonly rules?: readonly string[];
};
export type RawGap = RawTerms & {
    readonly what: string;
};
export type RawRule = Pick<WrittenRule, "name" | "keywords" | "pattern" | "window" | "entropy" | "decoder"> & Partial<Pick<WrittenRule, "impact" | "reach" | "revoke" | "references" | "examples" | "negative_examples">> & {
    readonly id: string;
};
export interface RawRuleFile {
    readonly provider?: string;
    readonly rules: readonly RawRule[];
}
/** The policy part of a settings file; all of a file given with --policy. */
export interface RawPolicy {
    readonly defaults?: {
        readonly environment?: Traits["environment"];
        readonly sensitivity?: Traits["data"];
        readonly exposure?: Traits["exposure"] | "auto";
    };
    readonly boundaries?: Readonly<Record<string, Partial<Boundary>>>;
    readonly audiences?: Policy["audiences"];
    readonly issuers?: readonly (Policy["issuers"][number] & {
        readonly tenants?: readonly string[];
    })[];
    readonly scopes?: readonly RawGrant[];
    readonly roles?: readonly RawGrant[];
    readonly limits?: Partial<Record<"accessTokenTtl" | "refreshTokenTtl" | "keyAge", string>> & Partial<Omit<Policy["limits"], "accessTokenTtl" | "refreshTokenTtl" | "keyAge">>;
    readonly publicByDesign?: Policy["publicByDesign"];
}
export interface RawGrant {
    readonly match: Pattern;
    readonly power: Power;
    readonly reach?: Traits["reach"];
    readonly data?: Traits["data"];
}
export interface RawSettings extends RawPolicy {
    readonly paths?: {
        readonly include?: readonly string[];
        readonly exclude?: readonly string[];
    };
    readonly rules?: {
        readonly disable?: readonly string[];
        readonly custom?: readonly RawRule[];
        readonly files?: readonly string[];
    };
    readonly allow?: readonly RawAllow[];
    readonly gaps?: readonly RawGap[];
    readonly salt?: string;
    readonly report?: {
        readonly minLevel?: Level;
        readonly failOn?: string;
    };
    readonly samples?: {
        readonly extraSha256?: readonly string[];
    };
}
