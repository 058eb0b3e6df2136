import type { Decoder } from "../anatomy.ts";
/** Decoders of JSON Web Tokens, bare or behind a prefix. */
export declare const JWTS: Readonly<Record<string, Decoder>>;
