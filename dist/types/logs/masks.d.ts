import type { LogSystem } from "../model/index.ts";
/** The names whose values a system masked: it knows them to be secret. */
export declare class Masks {
    #private;
    /** Lines by name. */
    readonly names: Map<string, number>;
    constructor(system: LogSystem);
    /** Looks through the room's first `bytes`; `lineAt` gives the raw line of an offset. */
    read(room: Buffer, bytes: number, lineAt: (offset: number) => number): void;
}
