export declare const SCOPES: unknown[];
