import type { InlineAllow } from "../model/index.ts";
import { type Text } from "./matcher.ts";
/** The comment that allows the match at [start, end), by whichever convention stands there (docs/usage.md, "Allowing a finding"). */
export declare function allowedBy(text: Text, rule: string, start: number, end: number): InlineAllow | undefined;
