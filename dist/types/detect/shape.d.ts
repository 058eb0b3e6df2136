/** Shannon entropy of a text in bits a character (Shannon 1948). */
export declare function entropy(text: string): number;
/** How much of a text stands in words people read, from 0 to 1: `my-secret-token-name` is 1, a random token near 0. */
export declare function wordiness(text: string): number;
/** The words of an identifier: split at non-letters and at changes of case. */
export declare function words(text: string): string[];
/** Which kinds of characters a text has. */
export declare function classes(text: string): {
    upper: boolean;
    lower: boolean;
    digit: boolean;
    other: boolean;
    count: number;
};
export declare const isHex: (text: string) => boolean;
export declare const isUuid: (text: string) => boolean;
/** How often letters, digits and cases change from one character to the next, from 0 to 1: random text changes often. */
export declare function restlessness(text: string): number;
