import type { Source } from "./unit.ts";
/** Standard input as one text; `path` is the name it has in reports. */
export declare function stdinSource(path: string): Source;
