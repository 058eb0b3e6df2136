import { type GitleaksIgnore } from "../config/gitleaks-ignore.ts";
import { type Settings } from "../config/settings.ts";
/** Settings of what is scanned, what may be ignored in it, and what is to be said of the settings. */
export interface TreeSettings {
    readonly settings: Settings;
    readonly ignore: GitleaksIgnore | undefined;
    readonly notices: readonly string[];
}
/**
 * Adds what each of several trees says of its own places (paths, allow, gaps, .gitleaksignore) to the settings of the
 * folder around them. What a tree says of a whole scan (rules, policy, report) cannot hold for the others, and is named.
 */
export declare function withTrees(root: string, trees: readonly string[], common: TreeSettings): Promise<TreeSettings>;
