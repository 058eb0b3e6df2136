import { type Finding } from "../model/index.ts";
import type { Credential } from "./group.ts";
import type { ScanOptions } from "./options.ts";
import type { Pairing } from "./pairs.ts";
/** Decodes every credential and says how far it reaches; the halves of a pair are one finding. Worst first. */
export declare function assessAll(credentials: readonly Credential[], pairs: {
    readonly pairings: ReadonlyMap<Credential, Pairing>;
    readonly folded: ReadonlySet<Credential>;
}, options: ScanOptions): Promise<Finding[]>;
