/** SHA-256 (FIPS 180-4) and HMAC (RFC 2104) of short texts: Node's crypto gives the same, and costs a start 9 ms. */
/** The 32 bytes of a SHA-256. */
export declare function sha256(message: Uint8Array): Buffer;
/** HMAC-SHA-256 of a message under a key. */
export declare function hmacSha256(key: Uint8Array, message: Uint8Array): Buffer;
