import { inspect } from "node:util";
/** A secret that hides itself: it prints as `[secret, 40 characters]`, and opening it is one greppable word. */
export declare class Secret {
    #private;
    constructor(value: string);
    /** The secret itself. Every use of this word is a place to review. */
    reveal(): string;
    /** Length in UTF-16 code units. */
    get length(): number;
    toString(): string;
    toJSON(): string;
    [inspect.custom](): string;
}
/** Characters of a secret that are in no name by chance. */
export declare const TELLING = 12;
