import { type Hit, type Matcher, type Text } from "./matcher.ts";
export declare function bearerAt(text: Text, matcher: Matcher, anchor: number): Hit | undefined;
/** `Authorization: Basic` with user and password in base64 (RFC 7617, 2). */
export declare function basicAt(text: Text, matcher: Matcher, anchor: number): Hit | undefined;
