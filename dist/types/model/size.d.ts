/** Bytes for people. */
export declare function size(bytes: number): string;
