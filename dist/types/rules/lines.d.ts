/** Values of one JSON line each, `<id> <json>`, by id; a value is parsed when it is first asked for: a run needs few of hundreds. */
export declare class Lines<T> extends Map<string, T> {
    #private;
    constructor(text: string);
    get size(): number;
    has(id: string): boolean;
    get(id: string): T | undefined;
    keys(): MapIterator<string>;
    values(): MapIterator<T>;
    entries(): MapIterator<[string, T]>;
    [Symbol.iterator](): MapIterator<[string, T]>;
    forEach(visit: (value: T, id: string, map: Map<string, T>) => void): void;
}
