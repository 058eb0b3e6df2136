import type { Anatomy } from "../model/index.ts";
/** A WireGuard private key: its public key is the name under which its peers know it. */
export declare function decodeWireguard(secret: string): Anatomy | undefined;
