import { type Profile } from "./profile.ts";
/** Salesforce JWT access tokens (help.salesforce.com, xcloud.jwt_access_tokens). */
export declare const SALESFORCE: Profile;
