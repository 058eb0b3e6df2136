import type { Anatomy } from "../model/index.ts";
/** An OpenSSH private key (openssh-portable, `PROTOCOL.key`): type, size, encryption, comment, fingerprint of the public key. */
export declare function decodeSshKey(secret: string): Anatomy | undefined;
/** A PuTTY private key file, versions 2 and 3 (PuTTY manual, appendix C). */
export declare function decodePutty(secret: string): Anatomy | undefined;
