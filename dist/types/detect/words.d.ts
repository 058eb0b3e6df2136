/** Says which words stand in a text: for each word, numbers of what it speaks for. Words have three characters or more. */
export declare function wordFinder(words: Readonly<Record<string, readonly number[]>>): (text: string) => readonly number[];
