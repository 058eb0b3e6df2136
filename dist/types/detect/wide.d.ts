import type { Text } from "./matcher.ts";
import type { View } from "./views.ts";
type Bytes = Pick<Text, "bytes" | "length">;
/**
 * The UTF-16 text in a binary file (resources of a program, strings of an assembly, an export without a byte order mark),
 * as views with exact places. Characters up to U+00FF count: secrets have no others. Ordinary text, which has no zero
 * bytes, costs one search for such a byte.
 */
export declare function wideViews({ bytes, length }: Bytes): View[];
export {};
