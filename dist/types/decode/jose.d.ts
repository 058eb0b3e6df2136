import { type Claims } from "./claims.ts";
/**
 * What the parts are (RFC 7515, RFC 7516, RFC 7519 section 6, RFC 7515 appendix F, RFC 9901); `opaque` is a
 * signed payload that is no JSON object.
 */
export type Form = "signed" | "unsecured" | "encrypted" | "detached" | "sd-jwt" | "opaque";
/** A JOSE object taken apart. Nothing in it is verified, and only `header` and `claims` may be shown. */
export interface Jose {
    readonly form: Form;
    readonly header: Claims;
    /** Empty when encrypted, detached or opaque. */
    readonly claims: Claims;
    readonly signature: Uint8Array;
    /** What stood before the token and belongs to it: `ghs_<app id>`, `wrkaus`. */
    readonly prefix?: string;
    /** Disclosures of an SD-JWT. */
    readonly disclosures: number;
    /** Ways in which two parsers may read this token differently (RFC 8725, 2.6). */
    readonly oddities: readonly string[];
}
/** Takes a compact or JSON-serialized JOSE object apart; undefined when it is none. */
export declare function parseJose(secret: string): Jose | undefined;
/** The compact token inside what was found: without `Bearer`, percent encoding, line breaks and vendor prefix. */
export declare function unwrap(secret: string): {
    readonly token: string;
    readonly prefix?: string;
};
