import type { Decoder } from "../anatomy.ts";
/** Decoders of keys. */
export declare const KEYS: Readonly<Record<string, Decoder>>;
