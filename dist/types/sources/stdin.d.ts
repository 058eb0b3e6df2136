import type { Source } from "./unit.ts";
/** Standard input as one text, or as a CI log; `path` is the name it has in reports. */
export declare function stdinSource(path: string, log?: true): Source;
