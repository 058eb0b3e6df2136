import type { Candidate, Placed, Reach, Settled } from "./look.ts";
/**
 * What close looks came to, so that the same candidate among the same bytes is not looked at again: in a history most places
 * stand in many versions, whatever changes beside them. What was not asked for for long is forgotten.
 */
export declare class Answers {
    #private;
    /** The answer for a candidate, if one is remembered that rests on the bytes that stand here. */
    find(text: Placed, bytes: Buffer, candidate: Candidate, covered: Reach): Settled | undefined;
    /** Remembers an answer, unless it rests on an end of the text. */
    keep(text: Placed, bytes: Buffer, candidate: Candidate, settled: Settled): void;
}
