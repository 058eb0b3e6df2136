import type { HistoryData } from "../history/data.ts";
import type { ObjectsUnit, TreesUnit } from "../sources/unit.ts";
import { type UnitResult } from "./raw.ts";
import type { Listener, UnitScanner } from "./scan-unit.ts";
/** Looks through objects of a repository in this thread. */
export interface ObjectScanner {
    /** For what people wrote. */
    scan(unit: ObjectsUnit, listener: Pick<Listener, "at" | "deadline">): Promise<UnitResult>;
    /** For where blobs are. */
    trees(unit: TreesUnit, listener: Pick<Listener, "at" | "deadline">): UnitResult;
}
/** Makes this thread's scanner of objects: its memory grows as it needs, up to what is allowed. */
export declare function openObjects(scanner: UnitScanner, data: HistoryData): ObjectScanner;
