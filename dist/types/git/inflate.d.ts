/** The stream of `size` bytes at the start of some bytes; undefined if they end before it does. */
export declare function inflateExactly(packed: Uint8Array, size: number): Buffer | undefined;
/** A stream that is not known to make any number of bytes, but at most `limit`. */
export declare function inflateAll(packed: Uint8Array, limit: number): Buffer;
/** What a delta makes of its base: at most `limit` bytes. */
export declare function applyDelta(delta: Uint8Array, base: Uint8Array, limit: number): Buffer;
