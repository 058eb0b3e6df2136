import { type Profile } from "./profile.ts";
/** GitHub Actions ID tokens: exchanged for cloud credentials or a registry's. */
export declare const GITHUB_ACTIONS: Profile;
/** `ACTIONS_RUNTIME_TOKEN`: the job's cache, artifacts and results. */
export declare const GITHUB_RUNTIME: Profile;
/** A GitHub App's own JWT: makes installation tokens (docs.github.com/apps, "Generating a JSON Web Token"). */
export declare const GITHUB_APP: Profile;
/** `ghs_<app id>_<JWT>` (github.blog/changelog 2026-05-15): what its payload holds is not documented. */
export declare const GITHUB_INSTALLATION: Profile;
