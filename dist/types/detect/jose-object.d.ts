import { type Hit, type Matcher, type Text } from "./matcher.ts";
/** Reads one signature of a JWS in JSON (RFC 7515, 7.2), whose protected header starts at `anchor`: as a secret it is what it is in compact form. */
export declare function joseObjectAt(text: Text, matcher: Matcher, anchor: number): Hit | undefined;
