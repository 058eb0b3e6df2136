import { type Profile } from "./profile.ts";
/** VAPID: names the sender of a web push (RFC 8292, 2). The key behind it is the secret. */
export declare const VAPID: Profile;
