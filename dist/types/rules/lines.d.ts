/**
 * Values of one JSON line each, `<id> <json>`, by id. A line is looked for and parsed when its value is asked for: a run
 * needs few of hundreds. What walks over them reads the whole.
 */
export declare class Lines<T> extends Map<string, T> {
    #private;
    /** `text` is ASCII, with a line feed before every line. */
    constructor(text: Buffer);
    get size(): number;
    has(id: string): boolean;
    get(id: string): T | undefined;
    keys(): MapIterator<string>;
    values(): MapIterator<T>;
    entries(): MapIterator<[string, T]>;
    [Symbol.iterator](): MapIterator<[string, T]>;
    forEach(visit: (value: T, id: string, map: Map<string, T>) => void): void;
}
