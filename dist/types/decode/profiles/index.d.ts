import type { Jose } from "../jose.ts";
import type { Profile } from "./profile.ts";
/**
 * Every vendor's tokens; the first that knows a token reads it. Those known by their issuer or prefix come before those
 * known by the shape of their claims, and the narrower before the wider.
 */
export declare const PROFILES: readonly Profile[];
/** The profile that knows this token; undefined for one of nobody's in particular. */
export declare function profileOf(token: Jose): Profile | undefined;
