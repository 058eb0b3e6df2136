/** A line `file:rule:line` of a .gitleaksignore. */
export interface IgnoredPlace {
    readonly path: string;
    /** A rule id of gitleaks. */
    readonly rule: string;
    /** Line of the finding. */
    readonly line: number;
    /** Line of the ignore file. */
    readonly at: number;
}
/** What a .gitleaksignore says: places, how many lines are for history only, and lines that mean nothing. */
export interface GitleaksIgnore {
    readonly places: readonly IgnoredPlace[];
    /** Lines that start with a commit: they say nothing of files. */
    readonly commits: number;
    /** Numbers of lines of no known form. */
    readonly malformed: readonly number[];
    /** The file's name. */
    readonly name: string;
    /** Whether a line that names a place means a rule of ours. */
    readonly ignores: (place: IgnoredPlace, rule: string) => boolean;
}
export declare const GITLEAKS_IGNORE = ".gitleaksignore";
/** Reads the .gitleaksignore at the root of what is scanned; undefined when there is none. */
export declare function loadGitleaksIgnore(root: string): GitleaksIgnore | undefined;
/** Reads lines as gitleaks does: trimmed, `#` starts a comment line, `\` in a path is `/`, three or four parts. */
export declare function readGitleaksIgnore(text: string): GitleaksIgnore;
/** Whether a line that names a place means a rule of ours: by its id, or by gitleaks' name for it. */
export declare function ignores(place: IgnoredPlace, rule: string): boolean;
