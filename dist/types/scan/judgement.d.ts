import { type Anatomy, type Finding, type Match } from "../model/index.ts";
import { type Credential } from "./group.ts";
import type { ScanOptions } from "./options.ts";
import { type Pairing } from "./pairs.ts";
/** What matches amount to: credentials, pairs, and how far each reaches. Worst first. */
export declare function findingsOf(matches: readonly Match[], options: ScanOptions): Promise<Finding[]>;
/** A credential with what it says itself and what the others of the scan say about it. */
export interface Known {
    readonly credential: Credential;
    readonly anatomy: Anatomy | undefined;
    readonly pairing: Pairing | undefined;
}
