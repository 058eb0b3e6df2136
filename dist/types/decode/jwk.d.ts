import type { Anatomy } from "../model/index.ts";
/** A private JSON Web Key, or a set with one (RFC 7517; RFC 7518, section 6). */
export declare function decodeJwk(secret: string): Anatomy | undefined;
