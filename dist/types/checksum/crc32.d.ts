/** CRC-32 (IEEE 802.3) by Node's own zlib, loaded when first needed: it costs a thread's start 10 ms. */
export declare function crc32(data: string | Uint8Array): number;
