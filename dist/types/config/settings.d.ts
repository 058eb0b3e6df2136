import { type Level, type Policy, type Rule } from "../model/index.ts";
import { type PathTest } from "./glob.ts";
/** Why an entry of the settings allows something, and for how long. */
export interface Terms {
    readonly reason: string;
    /** The last day (UTC) on which it holds. */
    readonly until?: string;
    /** File and line of the entry. */
    readonly where: string;
}
/** A place a secret stands in, as an allow entry sees it. */
export interface AllowPlace {
    readonly fingerprint: string;
    readonly rules: readonly string[];
    readonly path: string;
}
/** An entry that allows a fingerprint, or the findings in some files. */
export interface AllowEntry extends Terms {
    /** The fingerprint or glob, as written. */
    readonly what: string;
    readonly allows: (place: AllowPlace) => boolean;
}
/** A known gap that does not make a scan incomplete. */
export interface AcceptedGap extends Terms {
    readonly what: string;
    readonly accepts: PathTest;
}
/** What `.leakreach.yml` says, ready for use. */
export interface Settings {
    readonly file?: string;
    /** The keys that it has. */
    readonly keys: readonly string[];
    /** Says whether a path relative to the root is scanned. */
    readonly wanted: PathTest;
    /** Says whether a folder may hold such paths. */
    readonly holds: PathTest;
    readonly disabled: (ruleId: string) => boolean;
    /** The entries of `rules.disable`, to be compared with the rules there are. */
    readonly disables: readonly {
        readonly what: string;
        readonly where: string;
    }[];
    readonly custom: readonly Rule[];
    readonly allow: readonly AllowEntry[];
    readonly gaps: readonly AcceptedGap[];
    readonly salt?: string;
    readonly policy: Policy;
    readonly minLevel?: Level;
    readonly failOn?: string;
    /** SHA-256 of texts that are samples, in lower-case hex. */
    readonly extraSamples: readonly string[];
}
/** The settings of a repository that has none. */
export declare const DEFAULT_SETTINGS: Settings;
/** Reads the settings at the root of what is scanned, or the file named; defaults when there is none. */
export declare function loadSettings(root: string, explicit: string | undefined): Promise<Settings>;
/** Says which entries of `rules.disable` name no rule that there is. */
export declare function unknownDisables(settings: Settings, ruleIds: Iterable<string>): string[];
