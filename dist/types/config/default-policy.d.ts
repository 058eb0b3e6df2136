import type { Policy } from "../model/index.ts";
/** The policy of somebody who wrote none: no boundaries, and limits that sensible tokens keep. */
export declare const DEFAULT_POLICY: Policy;
