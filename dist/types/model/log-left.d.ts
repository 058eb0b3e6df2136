/** What a run left at its provider beside its log, and how long both are kept, as far as the provider says. Days are ISO 8601. */
export interface LogLeft {
    readonly artifacts?: LeftArtifacts;
    /** For how many days a log is kept, and when this one goes. */
    readonly days?: number;
    readonly until?: string;
    /** It is marked to be kept: nothing of it goes by itself. */
    readonly kept?: true;
    /** What of this the provider did not say, and why. */
    readonly unknown?: readonly string[];
    /** The call that deletes the artifacts, where they do not go with the log. */
    readonly deletion?: string;
}
/** The artifacts of a run that can still be had. */
export interface LeftArtifacts {
    readonly count: number;
    /** There are more of them than these. */
    readonly more?: true;
    /** Names of the first ones. */
    readonly names: readonly string[];
    readonly bytes?: number;
    /** The first day on which one of them expires. */
    readonly expires?: string;
}
/** The same in words, without what is not known. */
export declare function leftText({ artifacts, days, until, kept }: LogLeft): string;
/** How many artifacts there are: `more than 100 artifacts`. */
export declare function artifactCount({ count, more }: LeftArtifacts): string;
