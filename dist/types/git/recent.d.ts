/** What was used last, up to a number of bytes; what was not used for longest is forgotten first. */
export declare class Recent<T> {
    #private;
    constructor(most: number);
    get(key: string): T | undefined;
    /** Keeps a value of so many bytes, unless it would take a quarter of the room. */
    set(key: string, value: T, size: number): void;
}
