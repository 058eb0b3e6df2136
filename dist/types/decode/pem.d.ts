import type { Anatomy } from "../model/index.ts";
/** A PEM private key (RFC 7468, RFC 1421): its kind and size, its public half, and whether a passphrase guards it. */
export declare function decodePem(secret: string): Anatomy | undefined;
