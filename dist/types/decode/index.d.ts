import type { Decoder } from "./anatomy.ts";
export type { Decoder, Parts } from "./anatomy.ts";
/** The decoder that a rule names; undefined when there is none of that name. */
export declare function decoderOf(name: string): Promise<Decoder | undefined>;
