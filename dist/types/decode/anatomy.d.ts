import { type Anatomy, type Authority, type Fact, type Hint, type Traits } from "../model/index.ts";
import type { Claims } from "./claims.ts";
/** Named groups of the rule's pattern that stand beside the secret. */
export type Parts = Readonly<Record<string, string>>;
/** Reads one family of tokens, offline; undefined when the secret is none of them. */
export type Decoder = (secret: string, parts: Parts) => Anatomy | undefined;
/** An anatomy from what a decoder found; what it leaves out is empty. */
export declare function anatomy(found: Partial<Anatomy>): Anatomy;
type Fields = Readonly<Record<string, string | number | undefined>>;
/** Facts that nothing proves; empty and undefined values are left out, long ones cut. */
export declare function claimed(fields: Fields): readonly Fact[];
/** Facts that a checksum or the structure of the token proves. */
export declare function proved(fields: Fields): readonly Fact[];
/** One trait with the sentence a report prints for it. */
export declare function hint<K extends keyof Traits>(trait: K, value: Traits[K], reason?: string): Hint;
/** The whole token decodes, so it is no chance match. */
export declare const STRUCTURE: Hint;
/** The authority of a key: it has neither scopes nor audiences of its own. */
export declare function keyOf(fields: Partial<Authority>): {
    readonly authority: Authority;
};
/** As {@link keyOf}, or nothing when the expiry is not known. */
export declare function expiring(expires: number | "never" | undefined): {
    readonly authority?: Authority;
};
/** Epoch seconds of a date as text (RFC 3339 or a prefix of it); a time without a zone counts as UTC. */
export declare function epoch(date: string | undefined): number | undefined;
/** A JSON object in base64 of either alphabet. */
export declare function jsonInBase64(text: string): Claims | undefined;
/** A JSON object. */
export declare function jsonOf(text: string): Claims | undefined;
export {};
