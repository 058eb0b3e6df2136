import type { Decoder } from "./anatomy.ts";
export type { Decoder, Parts } from "./anatomy.ts";
/** Every decoder by the name a rule gives as its `decoder`. */
export declare const decoders: Readonly<Record<string, Decoder>>;
