/** What is wrong with a packed object, by the number that the history module answers; src/kernel/assembly/history-layout.ts holds the same. */
export declare const FAULTS: {
    readonly BAD_HEADER: readonly [-1, "its zlib header is not one"];
    readonly BAD_BLOCK: readonly [-2, "a block of its compressed data is of no kind that there is"];
    readonly BAD_CODE: readonly [-3, "a code of its compressed data stands for nothing"];
    readonly BAD_DISTANCE: readonly [-4, "its compressed data points before its beginning"];
    readonly TOO_LARGE: readonly [-5, "it is larger than it says"];
    readonly TRUNCATED: readonly [-6, "its compressed data ends too early"];
    readonly BAD_CHECKSUM: readonly [-7, "its checksum does not fit"];
    readonly DELTA_TRUNCATED: readonly [-8, "its delta ends too early"];
    readonly DELTA_SIZE: readonly [-9, "its delta names a size of 2^53 or more"];
    readonly DELTA_BASE: readonly [-10, "its delta was made for a base of another size"];
    readonly DELTA_COPY: readonly [-11, "its delta copies from behind its base"];
    readonly DELTA_OPCODE: readonly [-12, "its delta holds the reserved instruction"];
    readonly DELTA_TOO_LARGE: readonly [-13, "its delta makes more than there is room for"];
    readonly DELTA_RESULT: readonly [-14, "its delta makes more or less than it says"];
};
export type Fault = keyof typeof FAULTS;
/** The words for a negative answer, to stand behind the name of an object. */
export declare function faultWords(code: number): string;
