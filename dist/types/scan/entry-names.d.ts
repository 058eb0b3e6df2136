import type { Names } from "../history/trees.ts";
import type { Unpacker } from "../kernel/history.ts";
import type { Kernel } from "../kernel/kernel.ts";
import { type Gap, type Match } from "../model/index.ts";
import type { Run } from "./options.ts";
import { type EntryName, type UnitResult } from "./raw.ts";
/** Keeps those names of trees at which the gate stops, each once. */
export declare class NameSieve {
    #private;
    constructor(kernel: Kernel, unpacker: Unpacker);
    readonly look: Names;
    names(): EntryName[];
    gaps(): Gap[];
}
/** What stands in the names of files and folders that looking at trees gave. */
export declare function scanNames(looked: readonly UnitResult[], run: Run, submodule?: string): Promise<{
    readonly matches: readonly Match[];
    readonly gaps: readonly Gap[];
}>;
