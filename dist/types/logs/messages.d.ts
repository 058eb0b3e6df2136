import type { Made } from "./normaliser.ts";
import { OffsetMap } from "./offset-map.ts";
/** Most raw bytes that come at once. */
export declare const PIECE: number;
/** Whether a text is the output of a CircleCI step: a JSON array of messages with their times. */
export declare function isMessages(head: string): boolean;
/**
 * Reads the output of a CircleCI step as what was printed: escapes of JSON become what they stand for, and one message
 * follows the other, since output is cut into messages wherever it paused. All other text stays.
 */
export declare class Messages {
    #private;
    readonly map: OffsetMap;
    first: number | undefined;
    last: number | undefined;
    readonly input: Buffer<ArrayBuffer>;
    /** Makes of the first `length` bytes of the input what fits; `over` if no more will follow. */
    run(length: number, over: boolean): Made;
}
