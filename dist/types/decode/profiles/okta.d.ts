import { type Profile } from "./profile.ts";
/** Okta tokens of the org and of custom authorization servers (developer.okta.com/docs/reference/api/oidc/). */
export declare const OKTA: Profile;
