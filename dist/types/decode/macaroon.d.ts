/** A macaroon in the v2 binary format (rescrv/libmacaroons, `doc/format.txt`). */
export interface Macaroon {
    readonly location: string;
    /** Identifiers of the first-party caveats, in order: each narrows the token further. */
    readonly caveats: readonly string[];
}
/** Reads a macaroon; undefined when the bytes are none. */
export declare function readMacaroon(bytes: Uint8Array): Macaroon | undefined;
/** A base-128 number, low group first (protobuf, "Base 128 Varints"), of at most 49 bits. */
export declare function readVarint(bytes: Uint8Array, start: number): {
    readonly value: number;
    readonly next: number;
} | undefined;
