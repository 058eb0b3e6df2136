import type { Anatomy } from "../model/index.ts";
/** GitLab tokens: what kind of runner, and the ids of a routable token (google/osv-scalibr, `veles/secrets/gitlabpat`). */
export declare function decodeGitlab(secret: string): Anatomy | undefined;
