import type { Authority, Weakness } from "../model/index.ts";
import type { Jose } from "./jose.ts";
/** What is weak about a token by its own make, offline and without guessing a key. */
export declare function weaknessesOf(whole: string, token: Jose, authority: Authority, vendor: boolean): readonly Weakness[];
