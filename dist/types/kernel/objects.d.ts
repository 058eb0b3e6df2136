/**
 * Inflates, applies deltas to and hashes objects one by one, in a memory of its own, for who wants a few of many: Node's
 * zlib and crypto cost a start 15 ms. `Unpacker` is for all of a pack, beside a gate. What is too much for its memory gives
 * undefined, and is for Node; a number is a fault (`faultWords`).
 */
export declare class ObjectKernel {
    #private;
    /** The zlib stream at the start of some bytes, which makes at most `limit`. */
    inflate(packed: Uint8Array, limit: number): Buffer | number | undefined;
    /** What a delta makes of its base: at most `limit` bytes. */
    applyDelta(delta: Uint8Array, base: Uint8Array, limit: number): Buffer | number | undefined;
    /** The SHA-1 of two texts, one after the other, as hexadecimal digits. */
    sha1(header: Uint8Array, content: Uint8Array): string | undefined;
}
/** This thread's. */
export declare function objectKernel(): ObjectKernel;
