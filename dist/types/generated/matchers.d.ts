export declare const MATCHERS: unknown[];
