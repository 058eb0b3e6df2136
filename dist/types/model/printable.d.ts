/** Text of a token as a report may show it: no control characters, no token inside, and not long. */
export declare function printable(value: string | number | undefined): string;
