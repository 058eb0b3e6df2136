import type { Provenance } from "../model/index.ts";
import { type Target, type Visit } from "./blocks.ts";
import { type InTime } from "./in-time.ts";
import type { Limits, TextUnit } from "./unit.ts";
/**
 * Opens a unit in the thread that will scan it, and hands everything in it to `visit`; awaits only for archives and
 * streams. `inTime` is asked for each run of work that lets nothing else happen.
 */
export declare function open(unit: TextUnit, given: Target, limits: Limits, inTime?: InTime): Promise<void>;
/** A text that we fail at is a gap, as one that cannot be read is; but it is said whose fault that was. */
export declare function guarded(visit: Visit): Visit;
/** Opens a file for what it stands in for. */
export declare function openStored(path: string, provenance: Provenance, target: Target, limits: Limits): Promise<void>;
