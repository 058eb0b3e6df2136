import type { Pieces } from "./reads.ts";
/**
 * What compressed bytes hold: gzip (RFC 1952, members one after the other) or Zstandard. What was unpacked before the
 * data broke is given first; bytes behind the end are an error, unless they are the zeros that fill a tape's block.
 */
export declare function unpacked(kind: "gzip" | "zstd", data: Pieces): AsyncGenerator<Buffer>;
