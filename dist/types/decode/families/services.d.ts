import type { Decoder } from "../anatomy.ts";
/** Decoders of the tokens of services. */
export declare const SERVICES: Readonly<Record<string, Decoder>>;
