import type { Anatomy } from "../model/index.ts";
/**
 * Installation tokens of 2026 and later, `ghs_<app id>_<JWT>` (GitHub changelog, 2026-05-15). GitHub says to treat the payload
 * as a hint only, so its claims tell the lifetime and nothing of power.
 */
export declare function decodeGithubJwt(secret: string): Anatomy | undefined;
