import type { Anatomy } from "../model/index.ts";
/** An OpenSSH private key (openssh-portable, `PROTOCOL.key`): type, encryption, comment, fingerprint of the public key. */
export declare function decodeSshKey(secret: string): Anatomy | undefined;
/** A PEM private key (RFC 7468, RFC 1421): its kind, and whether a passphrase guards it. */
export declare function decodePem(secret: string): Anatomy | undefined;
/** A private JSON Web Key, or a set with one (RFC 7517; RFC 7518, section 6). */
export declare function decodeJwk(secret: string): Anatomy | undefined;
