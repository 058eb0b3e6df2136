/** What a name says its value is: a password a person may have chosen, a token a machine made, or a key that needs more evidence. */
export type NameKind = "password" | "token" | "key";
/** Judges the name a value is assigned to; undefined when it says nothing about a secret. */
export declare function nameKind(name: string, sign: string): NameKind | undefined;
