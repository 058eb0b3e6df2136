import type { Buffer } from "node:buffer";
/** One packet of an OpenPGP message (RFC 9580, 4). */
export interface Packet {
    readonly tag: number;
    readonly body: Buffer;
}
/** The packets up to the first that is broken, cut, or of a length that only its end tells. */
export declare function packetsOf(bytes: Buffer): readonly Packet[];
