import { type Target } from "./blocks.ts";
import type { Limits, Unit } from "./unit.ts";
/** Opens a unit in the thread that will scan it, and hands everything in it to `visit`; awaits only for archives and streams. */
export declare function open(unit: Unit, given: Target, limits: Limits): Promise<void>;
