import type { HistoryData } from "../history/data.ts";
import type { ObjectsUnit } from "../sources/unit.ts";
import { type UnitResult } from "./raw.ts";
import type { UnitScanner } from "./scan-unit.ts";
/** Scans objects of a repository in this thread. */
export type ObjectScanner = (unit: ObjectsUnit) => UnitResult;
/** Makes this thread's scanner of objects: its memory grows as it needs, up to what is allowed. */
export declare function openObjects({ plan, samples }: UnitScanner, data: HistoryData): ObjectScanner;
