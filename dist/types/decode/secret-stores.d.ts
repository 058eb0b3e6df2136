import type { Anatomy } from "../model/index.ts";
/** A Vault token; since 1.10 a signed protobuf that may name its namespace (hashicorp/vault, `vault/tokens/token.proto`). */
export declare function decodeVault(secret: string): Anatomy | undefined;
/** A 1Password service account token: JSON with all key material (developer.1password.com, "Service accounts"). */
export declare function decodeOnepassword(secret: string): Anatomy | undefined;
/** A Doppler token: its kind, and for a service token the config (docs.doppler.com/reference/auth-token-formats). */
export declare function decodeDoppler(secret: string): Anatomy | undefined;
