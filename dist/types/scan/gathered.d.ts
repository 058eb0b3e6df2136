import type { Match } from "../model/index.ts";
import { type UnitResult } from "./raw.ts";
/** The matches of a scan: each is said once, as soon as it is seen, and counts when it is certain. */
export declare class Gathered {
    #private;
    /** How many were said. */
    said: number;
    /** Takes a result and gives the matches in it that were not said before. */
    add({ matches, early }: UnitResult): Match[];
    /** Every match that counts. A scan that was stopped will not see again what it saw early. */
    all(stopped: boolean): Match[];
}
