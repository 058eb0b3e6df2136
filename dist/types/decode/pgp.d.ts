import type { Anatomy } from "../model/index.ts";
/** A PGP private key block (RFC 9580): key type and size, creation, user ids, and whether a passphrase guards it. */
export declare function decodePgp(secret: string): Anatomy | undefined;
