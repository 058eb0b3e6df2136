/** The known word that a misspelt one most likely means; undefined if none is near. */
export declare function nearest(word: string, known: readonly string[]): string | undefined;
