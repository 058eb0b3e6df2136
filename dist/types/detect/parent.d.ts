/** The name of what holds a name such as `key`, `value` or `default`, from the text before that. */
export declare const parentOf: (before: string) => string | undefined;
