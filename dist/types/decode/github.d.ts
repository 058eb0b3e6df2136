import type { Anatomy } from "../model/index.ts";
/** GitHub tokens; installation tokens of 2026 and later are `ghs_<app id>_<JWT>` (GitHub changelog, 2026-05-15). */
export declare function decodeGithub(secret: string): Anatomy | undefined;
