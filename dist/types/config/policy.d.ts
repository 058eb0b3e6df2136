import { type Policy } from "../model/index.ts";
import type { Fault } from "./document.ts";
import type { RawPolicy } from "./raw.ts";
/** Reads a file given with --policy (a policy, or whole settings) over the policy of the settings. */
export declare function loadPolicy(path: string, base?: Policy): Promise<Policy>;
/** A policy as written becomes the policy as used: durations in seconds, first entries first, over another policy. */
export declare function toPolicy(raw: RawPolicy, base: Policy, folder: string): Policy;
/** A fault at a path into the file. */
export interface PathFault extends Pick<Fault, "text"> {
    readonly path: readonly (string | number)[];
}
/** What a schema cannot say of a policy: names that name nothing, patterns that are none, entries that say nothing. */
export declare function policyFaults(raw: RawPolicy, base: Policy): readonly PathFault[];
