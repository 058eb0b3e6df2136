import type { Authority, AuthorityKind } from "../model/index.ts";
import { type Claims } from "./claims.ts";
import type { Jose } from "./jose.ts";
import type { Principal, Profile, Reading } from "./profiles/profile.ts";
/** Beyond this an expiry counts milliseconds: verifiers then read a year after 5000. */
export declare const MILLISECONDS = 100000000000;
/** Builds the authority: what the profile read, and the registered claims for the rest. */
export declare function authorityOf(token: Jose, kind: AuthorityKind, reading: Reading, profile: Profile | undefined): Authority;
/** Says whom the token speaks for: what the profile knows, else the form of its subject. */
export declare function principalOf(claims: Claims, reading: Reading): Principal;
/** Says whether a principal's name may be shown: people's stay out of reports. */
export declare function isMachine(principal: Principal): boolean;
