import { type Profile } from "./profile.ts";
/** GitLab CI ID tokens, and `CI_JOB_JWT` before them (docs.gitlab.com/ci/secrets/id_token_authentication). */
export declare const GITLAB_CI: Profile;
