import type { Kernel } from "./kernel.ts";
import { Room } from "./room.ts";
/** What the history module exports. */
export interface Exports {
    inflate(src: number, srcEnd: number, dst: number, cap: number): number;
    deltaSizes(delta: number, deltaEnd: number): number;
    applyDelta(delta: number, deltaEnd: number, base: number, baseSize: number, out: number, cap: number, copies: number, copiesEnd: number): number;
    sha1(at: number, size: number, out: number): void;
    openTrees(room: number): void;
    want(id: number): void;
    addTree(at: number, end: number, idSize: number, level: number, base: number, copies: number): number;
    readonly isMarked: WebAssembly.Global;
    dropNames(): void;
    readonly nameSize: WebAssembly.Global;
    readonly namesLost: WebAssembly.Global;
    readonly textSize: WebAssembly.Global;
    readonly entryCount: WebAssembly.Global;
    readonly runCount: WebAssembly.Global;
    readonly memberCount: WebAssembly.Global;
    readonly listSize: WebAssembly.Global;
    readonly consumed: WebAssembly.Global;
    deltaBaseSize(): number;
    deltaResultSize(): number;
    copyCount(): number;
}
/** Bytes in linear memory. */
export interface Stretch {
    readonly at: number;
    readonly size: number;
}
/** What `Unpacker` may take: bytes. */
export interface UnpackerLimits {
    /** For all of the kernel's memory, the gate's included; at most 2 GiB. */
    readonly memory: number;
    /** For the packed bytes that are read at once. */
    readonly input: number;
}
/** Why an object has no buffer, to stand behind its name. */
export declare const TOO_LARGE = "it needs more memory than is allowed: raise --memory";
/** Bytes behind each buffer: what is written and read beyond its end (INPUT_SLACK, OUTPUT_SLACK), and the zeros the gate wants. */
export declare const SLACK = 64;
/**
 * Takes packed objects apart, in the memory of a kernel so that the gate looks at them where they stand. Holds a room for packed bytes and a stack of
 * buffers. A negative answer is a fault (`faultWords`): the object is broken, and what stands in its buffer means nothing.
 */
export declare class Unpacker {
    #private;
    /** Where packed bytes are read into. */
    readonly input: Room;
    /** The module itself, for what else works on its memory (`trees.ts`). */
    readonly exports: Exports;
    constructor(kernel: Kernel, limits: UnpackerLimits);
    /** Most bytes that it may take. */
    get limit(): number;
    /** A buffer on top of the stack, or nothing when the memory allowed does not hold it. It holds what was there before; views may be given up. */
    push(size: number): Stretch | undefined;
    /** A copy of some bytes on top of the stack, with zeros behind it. */
    hold(content: Uint8Array): Stretch | undefined;
    /** Copies bytes into a buffer of their size, and zeros behind it. */
    put(content: Uint8Array, { at, size }: Stretch): void;
    /** Takes a buffer, and all that was pushed after it, off the stack. */
    pop(buffer: Stretch): void;
    /** The bytes themselves, until the memory grows. */
    bytes({ at, size }: Stretch): Buffer;
    /**
     * Inflates the zlib stream at the start of `from`; returns how many bytes it has, or a fault. TRUNCATED says that `from` ends before the stream does:
     * whoever gave only a part of the pack gives more. Anything but `into.size` is for the caller to judge.
     */
    inflate(from: Stretch, into: Stretch): number;
    /** How many bytes of its input the last stream took, its checksum included; 0 after a fault. */
    get consumed(): number;
    /** The sizes that a delta names, of its base and of its result; or a fault. */
    deltaSizes(delta: Stretch): {
        readonly base: number;
        readonly result: number;
    } | number;
    /** Applies a delta; returns how many bytes its result has, or a fault. */
    applyDelta(delta: Stretch, base: Stretch, into: Stretch): number;
    /** How many copies the last delta has; undefined when there were too many to list: then all of its result is new. */
    get copyCount(): number | undefined;
    /**
     * What the last delta copied, three numbers each: place in the result, place in the base, length. In order, and no two go on in both. Everything between
     * two copies is new, and so is every seam. Valid until the next delta.
     */
    get copies(): Uint32Array;
}
