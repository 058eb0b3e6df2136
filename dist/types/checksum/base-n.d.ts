export declare const BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz";
export declare const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
export declare const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/** Writes a whole number in the alphabet's base, most significant digit first, padded on the left with the zero digit. */
export declare function encodeBaseN(value: number | bigint, alphabet: string, width?: number): string;
/** Bytes of unpadded base32 text (RFC 4648, section 6), either case; undefined when a character is none of its alphabet. */
export declare function decodeBase32(text: string): Uint8Array | undefined;
