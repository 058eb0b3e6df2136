import type { Checksum } from "../model/index.ts";
import type { WrappedHit } from "./detector.ts";
/** Public samples: SHA-256 of the exact text to what it is, and default values everybody knows. */
export interface Samples {
    readonly hashes: ReadonlyMap<string, string>;
    readonly values: ReadonlySet<string>;
}
/** A hit that stands, with what was found out about it. */
export interface Judged extends WrappedHit {
    readonly checksum: Checksum;
}
/** A hit that was dropped, and why; shown by `--explain`. */
export interface Dropped {
    readonly hit: WrappedHit;
    readonly why: string;
}
/** Decides which hits of one text stand: entropy, checksums, samples, placeholders, and the better of two that overlap. */
export declare function judge(hits: readonly WrappedHit[], samples: Samples): {
    kept: Judged[];
    dropped: Dropped[];
};
