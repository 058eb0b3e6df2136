import { type Hit, type Matcher, type Text } from "./matcher.ts";
export declare function bearerAt(text: Text, matcher: Matcher, anchor: number): Hit | undefined;
export declare function basicAt(text: Text, matcher: Matcher, anchor: number): Hit | undefined;
