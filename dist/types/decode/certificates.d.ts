import { type Claims } from "./claims.ts";
/** What is weak about the certificates that a token carries (`x5c`: RFC 7515, 4.1.6). Who signed the last of them is not checked. */
export declare function certificateWeakness(header: Claims, claims: Claims): string | undefined;
