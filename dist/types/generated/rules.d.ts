export declare const RULES: unknown[];
