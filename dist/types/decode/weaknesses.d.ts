import type { Authority, Weakness } from "../model/index.ts";
import type { Jose } from "./jose.ts";
/** What is weak about a token by its own make, offline and without guessing a key. */
export declare function weaknessesOf(whole: string, token: Jose, authority: Authority, vendor: boolean): readonly Weakness[];
/** Says whether the signature cannot be one of its algorithm. RSA's is as long as the modulus: 1024 to 8192 bits. */
export declare function hasWrongLength({ form, header, signature }: Jose): boolean;
