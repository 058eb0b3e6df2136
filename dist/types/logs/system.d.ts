import type { LogSystem } from "../model/index.ts";
/** How much of a log is looked at to tell whose it is. */
export declare const HEAD: number;
/** Tells by its beginning which system wrote a log. */
export declare function systemOf(head: Buffer): LogSystem;
