/** How much more a text's letters follow each other as in words than by chance: the sum over all pairs, below zero for random letters. */
export declare function wordLikeness(text: string): number;
/** Whether a text's letters follow each other as in no word: the likeness to words in units of what chance would make of so many pairs. */
export declare function isUnlikeWords(text: string, units: number): boolean;
