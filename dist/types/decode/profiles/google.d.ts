import { type Profile } from "./profile.ts";
/** Google ID tokens (cloud.google.com/docs/authentication/token-types). */
export declare const GOOGLE_ID: Profile;
/** JWTs that a service account signs itself (developers.google.com/identity/protocols/oauth2/service-account). */
export declare const GOOGLE_SIGNED: Profile;
