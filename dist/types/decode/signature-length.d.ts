import type { Jose } from "./jose.ts";
/** Says whether the signature cannot be one of its algorithm. RSA's is as long as the modulus: 1024 to 8192 bits. */
export declare function hasWrongLength({ form, header, signature }: Jose): boolean;
