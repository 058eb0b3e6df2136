import { type ScanErrorCode } from "../model/index.ts";
/** What a file is called in messages, and which kind of mistake it is when it cannot be read. */
export interface Reading {
    readonly name: string;
    readonly code: ScanErrorCode;
    /** Most bytes that are read. */
    readonly limit: number;
}
/** The text of a file without its byte order mark; undefined if there is no such file. */
export declare function readText(path: string, { name, code, limit }: Reading): string | undefined;
