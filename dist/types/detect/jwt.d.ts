import { type Hit, type Matcher, type Text } from "./matcher.ts";
/** Reads the JOSE object that starts at `anchor`: whole, wrapped over lines, encrypted or unsecured. Its header must decode. */
export declare function joseAt(text: Text, matcher: Matcher, anchor: number): Hit | undefined;
