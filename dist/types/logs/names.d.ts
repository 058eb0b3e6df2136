import type { LogPlace, LogSystem } from "../model/index.ts";
/** What the path of a log tells of its run and job; the path as reports show it. */
export declare function nameOf(path: string, system: LogSystem): Pick<LogPlace, "run" | "job" | "step">;
