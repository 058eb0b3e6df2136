/** The text before a value without what stands between the value and the sign that assigns it; ends with a sign wherever one was found. */
export declare function peeled(text: string): string;
