import type { Policy } from "../model/index.ts";
/**
 * A policy whose regular expressions run on a linear-time engine: it may come from the scanned repository, and must not be
 * able to hang the scan. The engine is loaded only when there is an expression.
 */
export declare function linearPolicy(policy: Policy): Promise<Policy>;
