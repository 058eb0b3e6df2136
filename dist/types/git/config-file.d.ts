/** Values by name: `core.bare`, `remote.origin.promisor`; section and key in lower case, the part between as written. */
export type GitConfig = ReadonlyMap<string, string>;
/**
 * Reads a configuration file as git does when it asks what kind of repository this is: without includes, the last
 * value wins (git-config(1), "Syntax"). A key without a value is `true`.
 */
export declare function parseConfig(source: string): GitConfig;
/** Whether a value means yes (git-config(1), "Values"). */
export declare function isTrue(value: string | undefined): boolean;
