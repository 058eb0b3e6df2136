import { type Profile } from "./profile.ts";
/** Keycloak access, ID, refresh and offline tokens (keycloak.org/docs). */
export declare const KEYCLOAK: Profile;
