/** What a caller asks of a scan; everything may be left out. Paths of files are relative to the current folder. */
export interface ScanRequest {
    /** Folders, files, globs, `-` for standard input. Default: the current folder. */
    readonly paths?: readonly string[];
    readonly stdinPath?: string;
    /** Globs: only what matches one of `include`, and nothing that matches one of `exclude`. */
    readonly include?: readonly string[];
    readonly exclude?: readonly string[];
    /** Scan what git ignores, too. */
    readonly allFiles?: boolean;
    /** Read texts as CI logs. */
    readonly log?: true;
    /** Settings file; default `.leakreach.yml` at the root of what is scanned. */
    readonly config?: string;
    /** Folder whose settings and .gitleaksignore count, instead of those at the root of what is scanned. */
    readonly settingsRoot?: string;
    /** Nothing in what is scanned may allow anything: neither its settings nor its .gitleaksignore nor comments in it. */
    readonly untrusted?: true;
    readonly policy?: string;
    readonly baseline?: string;
    /** A JWK set file to verify signatures with. */
    readonly jwks?: string;
    /** The clock in epoch seconds; default now. */
    readonly now?: number;
    /** Threads; default one for each processor, 0 for none but the calling one. */
    readonly jobs?: number;
    /** MiB for decoded archives and the like. */
    readonly memory?: number;
    /** MiB of `memory` that are taken already: then it is for all that is taken, and not only for what is looked at. */
    readonly taken?: number;
    /** Bytes; a larger file is a gap. */
    readonly maxFileSize?: number;
    /** Seconds; a file that takes longer is a gap. */
    readonly fileTimeout?: number;
    /** Give `trace` events that say why each candidate was kept or dropped. */
    readonly explain?: boolean;
    /** Give each match GitHub's `primaryLocationLineHash`; default true. */
    readonly lineHashes?: boolean;
}
