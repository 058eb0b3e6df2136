import { type Profile } from "./profile.ts";
/** Firebase ID tokens and session cookies: the API takes them as they are (firebase.google.com/docs/auth/admin). */
export declare const FIREBASE: Profile;
/** Firebase custom tokens, which are exchanged for a session. */
export declare const FIREBASE_CUSTOM: Profile;
/** Firebase App Check: attests an app, names nobody. */
export declare const FIREBASE_APP_CHECK: Profile;
