import { type Profile } from "./profile.ts";
/** JFrog access tokens: `scp` names applied permissions, `aud` may be every service (jfrog.com/help, "Access Tokens"). */
export declare const JFROG: Profile;
/** Docker registry tokens: `access` lists repositories and actions (distribution.github.io, "Token Authentication"). */
export declare const DOCKER_REGISTRY: Profile;
