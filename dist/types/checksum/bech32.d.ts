export declare const BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
/** The five-bit values of lower-case bech32 characters. */
export declare function valuesOf(text: string): readonly number[];
/** The remainder of a bech32 text; 1 when its last six characters are its checksum (BIP 173, "Checksum"). */
export declare function bech32Remainder(prefix: string, values: readonly number[]): number;
