import type { Anatomy } from "../model/index.ts";
import { type Parts } from "./anatomy.ts";
/** A common annotated security key: when it was made, and for whom (`IdentifiableSecrets.cs`, CommonAnnotatedKeyRegexPattern). */
export declare function decodeAzureCask(secret: string): Anatomy | undefined;
/** An Azure DevOps token: a common annotated key, or 52 characters of base32 whose checksum tells user from application. */
export declare function decodeAdo(secret: string): Anatomy | undefined;
/** An Entra client secret: with tenant and client id beside it, it signs in as the application. */
export declare function decodeEntraPassword(secret: string, parts: Parts): Anatomy | undefined;
