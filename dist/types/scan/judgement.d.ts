import { type Finding, type Match } from "../model/index.ts";
import type { ScanOptions } from "./options.ts";
/** What matches amount to: credentials, pairs, and how far each reaches. Worst first. */
export declare function findingsOf(matches: readonly Match[], options: ScanOptions): Promise<Finding[]>;
