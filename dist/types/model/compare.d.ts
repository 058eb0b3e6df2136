/** Compares code units, so that an order depends on no locale. */
export declare function compare(a: string, b: string): number;
