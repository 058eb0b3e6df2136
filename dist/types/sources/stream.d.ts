import { type Target } from "./blocks.ts";
import type { Limits, Unit } from "./unit.ts";
type Stream = Extract<Unit, {
    kind: "stream";
}>;
/** Reads standard input or a named pipe to its end. A pipe that says nothing blocks no thread, so that Ctrl-C is heard. */
export declare function openStream(unit: Stream, target: Target, limits: Limits): Promise<void>;
export {};
