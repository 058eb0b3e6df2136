import { type Samples } from "../detect/judge.ts";
import type { Plan } from "../detect/plan.ts";
import type { Limits, Unit } from "../sources/unit.ts";
import type { UnitResult } from "./raw.ts";
/** What a thread needs to scan units. */
export interface UnitScanner {
    readonly plan: Plan;
    readonly samples: Samples;
    readonly limits: Limits;
    readonly explain: boolean;
    /** Compute GitHub's line hashes, which only SARIF needs. */
    readonly lineHashes: boolean;
}
/** Told before each file is opened, so that the pool knows which one a hung worker was at. */
export type Progress = (index: number) => void;
/** Opens one unit and looks through everything in it: read, gate, rules, judgement. Only matches and gaps leave this thread. */
export declare function scanUnit(scanner: UnitScanner, unit: Unit, progress: Progress): Promise<UnitResult>;
