/** The text before a value of a list, as if the value alone were assigned to the list's name. */
export declare function listed(before: string): string;
