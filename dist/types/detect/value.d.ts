/** Whether a path is one of source code, by its ending. */
export declare function isCode(path: string): boolean;
/** Whether a value stands for something else: a call, a variable, a constant of the language. */
export declare const isExpression: (value: string) => boolean;
/** Why a value that somebody may have chosen is none, in words; undefined when it may be one. */
export declare function notChosen(value: string, name: string): string | undefined;
/** Whether a value is what somebody wrote there, if only a word, and stands for nothing else. */
export declare function isWritten(value: string, name: string): boolean;
/** Letters that follow each other as in no word: a machine chose them. */
export declare const isUnreadable: (value: string) => boolean;
/** Whether a value is words that people read: `google-client-secret`, `passwordStrength`, `Losenord` in any language. */
export declare function isWords(value: string): boolean;
