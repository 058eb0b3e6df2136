export { adoKind, marvinRole, signatureOf } from "./azure.ts";
export { BASE32, BASE36, BASE62, decodeBase32, encodeBaseN } from "./base-n.ts";
export { BECH32, bech32Remainder } from "./bech32.ts";
export { marvin32, marvin64 } from "./marvin32.ts";
/** The names a rule may give as its `checksum`. */
export declare const checksumNames: readonly string[];
/** What a token's own checksum says about it, offline; `none` when it says nothing. */
export declare function checksum(algorithm: string, secret: string): "good" | "bad" | "none";
