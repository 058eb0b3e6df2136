import type { Anatomy } from "../model/index.ts";
/** GitLab tokens: what kind of runner, and the ids of a routable token (google/osv-scalibr, `veles/secrets/gitlabpat`). */
export declare function decodeGitlab(secret: string): Anatomy | undefined;
/** A job token that is a JWT: `glcbt-<JWT>`. Whatever it says of power, it may do what its job may. */
export declare function decodeGitlabJob(secret: string): Anatomy | undefined;
