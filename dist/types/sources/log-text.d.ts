import type { Log } from "../logs/log.ts";
import { type Read } from "./blocks.ts";
/** Reads a log as the text that is scanned of it: first what stands in `head`, then what `read` gives. */
export declare function logText(log: Log, head: Buffer, read: Read): Read;
