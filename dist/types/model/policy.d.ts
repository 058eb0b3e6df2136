import type { Power, Traits } from "./traits.ts";
/** A regular expression of the user, compiled for an engine that runs in linear time. */
export interface PatternTest {
    readonly test: (text: string) => boolean;
}
/** Something the user's map names: an exact text, `prefix*`, `/regex/`, or fields of a decoded identity. */
export type Pattern = string | PatternTest | Readonly<Record<string, string | PatternTest>>;
/** Whether a pattern is a compiled regular expression. */
export declare function isPatternTest(pattern: Pattern): pattern is PatternTest;
/** A trust boundary: one owner, one sensitivity, one life cycle (NIST SP 800-207, 2.1). */
export interface Boundary {
    readonly owner?: string;
    readonly sensitivity: Traits["data"];
    readonly environment?: Traits["environment"];
    readonly regimes: readonly string[];
    /** What the boundary keeps: `secrets`, `identity`, `cicd` make its tokens mint others. */
    readonly stores: readonly string[];
}
/** The user's own map of audiences, issuers, owners and limits (`.leakreach.yml` or `--policy`). Durations are seconds. */
export interface Policy {
    readonly defaults: {
        readonly environment: Traits["environment"];
        readonly sensitivity?: Traits["data"];
        /** `auto`: local for what only files hold that git does not track, else internal. */
        readonly exposure: Traits["exposure"] | "auto";
    };
    readonly boundaries: Readonly<Record<string, Boundary>>;
    readonly audiences: readonly {
        readonly match: Pattern;
        readonly boundary?: string;
        readonly reach?: Traits["reach"];
        readonly ignore?: boolean;
    }[];
    readonly issuers: readonly {
        readonly match: Pattern;
        /** The product, whose dictionary (rules/scopes/) reads the scopes and roles of the issuer's tokens. */
        readonly kind?: string;
        readonly boundary?: string;
        readonly jwks?: string;
        readonly audienceRequired?: boolean;
    }[];
    readonly scopes: readonly {
        readonly match: Pattern;
        readonly power: Power;
        readonly reach?: Traits["reach"];
        readonly data?: Traits["data"];
    }[];
    readonly roles: readonly {
        readonly match: Pattern;
        readonly power: Power;
        readonly reach?: Traits["reach"];
        readonly data?: Traits["data"];
    }[];
    readonly limits: {
        readonly accessTokenTtl: number;
        readonly refreshTokenTtl: number;
        readonly keyAge: number;
        readonly maxPower: Power;
        readonly maxBoundaries: number;
        readonly requireAud: boolean;
        readonly requireExp: boolean;
        readonly requireSenderConstraintFromPower: Power;
    };
    readonly publicByDesign: "none" | "report";
}
/** One scope or role of a dictionary in rules/scopes/<vendor>.yml. `match` is exact, or has `*` for any run of characters. */
export interface ScopeEntry {
    readonly match: string;
    readonly power: Power;
    readonly reach?: Traits["reach"];
    readonly data?: Traits["data"];
    /** The scope says that the token can be renewed. */
    readonly refresh?: boolean;
}
/** A vendor's dictionary: first match wins; what nothing matches falls to the `generic` dictionary's words. */
export interface ScopeDictionary {
    readonly id: string;
    readonly vendor: string;
    readonly references: readonly string[];
    readonly scopes: readonly ScopeEntry[];
    readonly roles: readonly ScopeEntry[];
}
