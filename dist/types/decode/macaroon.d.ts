/** A macaroon in the v2 binary format (rescrv/libmacaroons, `doc/format.txt`). */
export interface Macaroon {
    readonly location: string;
    /** Identifiers of the first-party caveats, in order: each narrows the token further. */
    readonly caveats: readonly string[];
}
/** Reads a macaroon; undefined when the bytes are none. */
export declare function readMacaroon(bytes: Uint8Array): Macaroon | undefined;
