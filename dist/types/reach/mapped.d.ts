import type { Authority, Hint, Traits } from "../model/index.ts";
import { type Grant } from "./dictionary.ts";
import type { Extent } from "./policy.ts";
/** The user's word over everything a token says: boundaries and the policy's own scopes and roles. */
export declare function policyHints(authority: Authority | undefined, extent: Extent, grants: readonly Grant[], traits: Traits): readonly Hint[];
