/** Why a value is a placeholder, in words; undefined when it is not. Looks inside the token only, never near it. */
export declare function placeholder(value: string): string | undefined;
