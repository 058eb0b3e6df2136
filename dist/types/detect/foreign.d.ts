import type { Pattern } from "./confirm.ts";
/** Compiles a pattern of a user or of another tool (RE2 syntax) on an engine that runs in linear time, whatever the pattern. */
export declare function foreignPattern(source: string): Pattern;
