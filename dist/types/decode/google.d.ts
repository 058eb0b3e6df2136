import type { Anatomy } from "../model/index.ts";
import { type Parts } from "./anatomy.ts";
/** A Google credential file, whole or in part: service account key, a person's login, or a configuration (google.aip.dev/auth). */
export declare function decodeGcpServiceAccount(secret: string, parts: Parts): Anatomy | undefined;
/** A signed URL of Cloud Storage, version 4 or 2 (cloud.google.com/storage/docs/authentication/signatures). */
export declare function decodeGcsSignedUrl(secret: string): Anatomy | undefined;
