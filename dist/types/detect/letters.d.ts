/** How much more a text's letters follow each other as in words than by chance: the sum over all pairs, below zero for random letters. */
export declare function wordLikeness(text: string): number;
