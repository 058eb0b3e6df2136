import { type Dirent } from "node:fs";
import type { Gaps } from "./malformed.ts";
/** What is in a folder, sorted by name; nothing if there is no such folder. One that cannot be read is a gap. */
export declare function entriesIn(folder: string, gaps: Gaps): readonly Dirent[];
/** The names in a folder, sorted. */
export declare const namesIn: (folder: string, gaps: Gaps) => readonly string[];
/** The files below a folder, as paths from it with `/`. Links to folders are not followed: they could lead in a circle. */
export declare function filesBelow(folder: string, gaps: Gaps, prefix?: string, depth?: number): Generator<string>;
