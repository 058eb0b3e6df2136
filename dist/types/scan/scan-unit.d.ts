import { type Samples } from "../detect/judge.ts";
import type { Plan } from "../detect/plan.ts";
import { type Target } from "../sources/blocks.ts";
import type { Limits, Unit } from "../sources/unit.ts";
import { type UnitResult } from "./raw.ts";
import type { ChangesScanner } from "./scan-changes.ts";
import type { ObjectScanner } from "./scan-objects.ts";
import { UnitTally } from "./unit-tally.ts";
/** What a thread needs to scan units. */
export interface UnitScanner {
    readonly plan: Plan;
    readonly samples: Samples;
    readonly limits: Limits;
    /** Scans objects of the repository whose history is read. */
    readonly objects: () => Promise<ObjectScanner>;
    /** Scans what commits, or the index, of a repository add. */
    readonly changes: (deadline: number | null) => Promise<ChangesScanner>;
    readonly explain: boolean;
    /** Compute GitHub's line hashes, which only SARIF needs. */
    readonly lineHashes: boolean;
}
/** Who waits for a unit. */
export interface Listener {
    /** Told before each file is opened, so that the pool knows which one a hung worker was at. */
    readonly at: (index: number) => void;
    /** Given what there is when a part of a long text has been looked at. */
    readonly part: (result: UnitResult) => void;
    /** Milliseconds that nothing may exceed, where no other thread watches this one; null for no deadline. */
    readonly deadline: number | null;
}
/** Opens one unit and looks through everything in it: read, gate, rules, judgement. Only matches and gaps leave this thread. */
export declare function scanUnit(scanner: UnitScanner, unit: Unit, listener: Listener): Promise<UnitResult>;
/** Where opened texts go to be looked through; what is found goes into `result`. */
export declare function targetOf(scanner: UnitScanner, result: UnitTally, listener: Listener): Target;
