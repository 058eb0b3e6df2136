import { type Profile } from "./profile.ts";
/** Microsoft Entra ID v1 and v2 (learn.microsoft.com/entra/identity-platform/access-token-claims-reference). */
export declare const ENTRA: Profile;
