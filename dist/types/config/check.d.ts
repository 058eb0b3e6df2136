import { type ScanErrorCode } from "../model/index.ts";
import { type Fault } from "./document.ts";
/** Which part of docs/settings.schema.json a file is checked against. */
export type Shape = "" | "#/$defs/ruleFile";
/** A file that was read: its values, and a way to complain about them. */
export interface Checked<T> {
    readonly value: T;
    /** `.leakreach.yml:12`, for notices about the entry at a path. */
    where(path: readonly (string | number)[]): string;
    fault(path: readonly (string | number)[], text: string): Fault;
    /** Throws one error that lists every fault with its line and column; does nothing when there is none. */
    refuse(faults: readonly Fault[]): void;
}
/** Parses YAML and checks it against a part of the settings' schema; one error lists everything that is wrong. */
export declare function check<T>(text: string, name: string, shape: Shape, code: ScanErrorCode, pick?: typeof same): Checked<T>;
declare function same(value: unknown): unknown;
export {};
