import type { Buffer } from "node:buffer";
/** One field of a message (protobuf.dev, "Encoding"): a number for a varint, bytes for anything else. */
export interface Field {
    readonly number: number;
    readonly value: number | Buffer;
}
/** The fields of a message; undefined when the bytes are none. Numbers beyond 2^53 lose their last digits. */
export declare function fieldsOf(bytes: Buffer): readonly Field[] | undefined;
/** The messages and byte strings of one field, in order. */
export declare function bytesOf(fields: readonly Field[], number: number): readonly Buffer[];
/** The number of a field; the last one counts. */
export declare function numberOf(fields: readonly Field[], number: number): number | undefined;
