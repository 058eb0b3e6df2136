import { type Read } from "./blocks.ts";
export type Utf16 = "utf-16le" | "utf-16be";
/** Whether a text is UTF-16, by its byte order mark or because every other byte of its beginning is zero. */
export declare function utf16(head: Buffer, length: number): Utf16 | undefined;
/** Reads UTF-16 and gives UTF-8: what was read already, a pause if one came behind it, then what `read` still gives. */
export declare function textDecoder(head: Buffer, read: Read, encoding: Utf16, paused: boolean): Read;
