import type { Anatomy } from "../model/index.ts";
/** ngrok's tokens begin with a KSUID, which holds when it was made. */
export declare function decodeNgrok(secret: string): Anatomy | undefined;
/** A WireGuard private key: its public key is the name under which its peers know it. */
export declare function decodeWireguard(secret: string): Anatomy | undefined;
