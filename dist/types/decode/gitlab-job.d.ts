import type { Anatomy } from "../model/index.ts";
/** A job token that is a JWT: `glcbt-<JWT>`. Whatever it says of power, it may do what its job may. */
export declare function decodeGitlabJob(secret: string): Anatomy | undefined;
