export declare const RULES: readonly (readonly [string, string])[];
