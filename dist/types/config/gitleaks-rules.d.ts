/** Whether a rule id of gitleaks names the kind of token that a rule of ours finds. */
export declare function gitleaksMeans(theirs: string, ours: string): boolean;
