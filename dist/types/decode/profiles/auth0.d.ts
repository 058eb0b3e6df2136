import { type Profile } from "./profile.ts";
/** Auth0 access and ID tokens (auth0.com/docs/secure/tokens/access-tokens); custom domains are known by `gty` and `sub`. */
export declare const AUTH0: Profile;
