import { type AuthorityKind, type Fact, type Hint, type Traits } from "../../model/index.ts";
import type { Jose } from "../jose.ts";
/** One vendor's or product's token: how to know it, and what its claims mean. */
export interface Profile {
    /** What a report calls it: `GitHub Actions ID token`. */
    readonly name: string;
    /** Whose token it is, in one word: `github`, `aws`; absent when its form alone is known. */
    readonly provider?: string;
    /** Which dictionary reads its scopes and roles, unless a reading says otherwise; `generic` when absent. */
    readonly dictionary?: string;
    readonly detect: (token: Jose) => boolean;
    readonly read: (token: Jose) => Reading;
}
/** Who a token speaks for. Only a machine's name is shown. */
export type Principal = "user" | "service account" | "client" | "workload" | "device" | "unknown";
/** What a profile knows; what it leaves out is read from the registered claims. */
export interface Reading {
    readonly dictionary?: string | undefined;
    readonly kind?: AuthorityKind | undefined;
    readonly principal?: Principal | undefined;
    readonly issuer?: string | undefined;
    readonly subject?: string | undefined;
    readonly client?: string | undefined;
    readonly audiences?: readonly string[] | undefined;
    readonly scopes?: readonly string[] | undefined;
    readonly roles?: readonly string[] | undefined;
    /** For tokens that end at a time their claims do not name; `unknown` when nothing tells. */
    readonly expires?: number | "never" | "unknown" | undefined;
    readonly facts?: readonly Fact[];
    readonly hints?: readonly Hint[];
    readonly sample?: string | undefined;
}
type Claimed = string | number | boolean | readonly string[] | undefined;
type Set = {
    readonly [K in keyof Traits]?: readonly [value: Traits[K], reason: string];
};
/** Hints from a table of traits, each with its value and its reason. */
export declare function hints(set: Set): readonly Hint[];
/** Facts from a table of names; an absent or empty claim gives none, a list gives one for each value. */
export declare function facts(claimed: Readonly<Record<string, Claimed>>): readonly Fact[];
export {};
