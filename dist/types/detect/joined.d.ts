import { type Text } from "./matcher.ts";
import type { View } from "./views.ts";
/** The text that pieces of a string around a run make together, with its name: `key = "sk_live_" + "…"`. Told once, at the first run in it. */
export declare function joined(text: Text, start: number, end: number): View[];
