/**
 * Gives the `primaryLocationLineHash` of the given lines, as `hash:n`, where n counts equal hashes from the top of the file.
 *
 * It equals what github/codeql-action (`fingerprints.ts`) computes over the same bytes: a hash of the first 100
 * characters from the line's start that are neither space nor tab. Lines count from 1 and end in CR LF, LF or a lone CR.
 */
export declare function lineHashes(bytes: Uint8Array, lines: ReadonlySet<number>): Map<number, string>;
/** The same for a text that is not in memory: it is read twice, and only the hashes of the given lines are kept. */
export declare function lineHashesOf(again: () => Iterable<Uint8Array>, lines: ReadonlySet<number>): Map<number, string>;
