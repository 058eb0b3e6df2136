import type { Jose } from "./jose.ts";
/** Names the documentation a token comes from, or undefined. */
export declare function sampleOf({ header, claims }: Jose): string | undefined;
