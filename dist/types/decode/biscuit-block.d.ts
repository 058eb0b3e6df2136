import type { Buffer } from "node:buffer";
/** What one block of a Biscuit says, as far as it matters here (eclipse-biscuit/biscuit, SPECIFICATIONS.md, "Format"). */
export interface Block {
    readonly version: number | undefined;
    /** `right(resource, operation)` as `resource:operation`. */
    readonly rights: readonly string[];
    readonly roles: readonly string[];
    readonly admin: boolean;
    /** The earliest end that its checks name, epoch seconds. */
    readonly expires?: number;
}
/** Reads one block; undefined when it is none. Only its own symbols are known, so later blocks may leave names out. */
export declare function readBlock(bytes: Buffer): Block | undefined;
