import type { Readable } from "node:stream";
import { type Read, type Target } from "./blocks.ts";
import type { Unit } from "./unit.ts";
type Stream = Extract<Unit, {
    kind: "stream";
}>;
/** Reads standard input or a named pipe to its end. A pipe that says nothing blocks no thread, so that Ctrl-C is heard. */
export declare function openStream(unit: Stream, target: Target): Promise<void>;
/** Reads a stream as it is asked for; `seen` hears of each piece. */
export declare function pulled(stream: Readable, seen?: (bytes: number) => void): Read;
export {};
