import type { Secret } from "../model/index.ts";
import type { Credential } from "./group.ts";
/** Whether a key found in the scan signs a token found in the scan (`signs`), or is the key it is bound to (`binds`, RFC 7800). */
export declare function tryKey(token: Secret, signer: Credential): Promise<"signs" | "binds" | undefined>;
