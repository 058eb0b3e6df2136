import type { Kernel } from "../kernel/kernel.ts";
import type { Room } from "../kernel/room.ts";
import type { Region } from "../model/index.ts";
/** Turns offsets in a room into lines and columns of the whole text, also when the text passes through the room in pieces. */
export declare class Locator {
    #private;
    constructor(kernel: Kernel, room?: Pick<Room, "base" | "bytes">);
    region(start: number, end: number): Region;
    /** The first `bytes` of the room are about to leave it. */
    advance(bytes: number): void;
}
