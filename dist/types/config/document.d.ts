/** Something wrong in a file, and where: `at` is an offset into its text. */
export interface Fault {
    readonly at: number;
    readonly text: string;
}
/** A YAML file as plain values, each of which can be found again. */
export interface SettingsDocument {
    readonly value: unknown;
    readonly faults: readonly Fault[];
    /** Offset of the value at a path, or of its nearest parent that is there; with `key`, of that key in it. */
    find(path: readonly (string | number)[], key?: string): number;
    /** `12:5`. */
    place(at: number): string;
}
/** Parses YAML 1.2 of the core schema. Never throws: what is wrong are faults. */
export declare function parseDocument(text: string): SettingsDocument;
