/** A part of linear memory that is filled from outside: `bytes` is that memory itself, so filling it copies nothing twice. */
export declare class Room {
    #private;
    /** Its address. */
    readonly base: number;
    readonly size: number;
    constructor(memory: WebAssembly.Memory, base: number, size: number);
    /** Ask anew after the memory grew: what was given before is then empty. */
    get bytes(): Buffer;
}
