import type { ChangesUnit } from "../sources/unit.ts";
import type { UnitResult } from "./raw.ts";
import type { Listener, UnitScanner } from "./scan-unit.ts";
import { type StoredFiles } from "./versions.ts";
/** Scans what commits, or the index, add. */
export type ChangesScanner = (unit: ChangesUnit, listener: Listener) => Promise<UnitResult>;
/** Makes this thread's scanner of changes; `deadline` as a `Listener` has it. */
export declare function openChanges(scanner: UnitScanner, stored: StoredFiles, deadline: number | null): ChangesScanner;
