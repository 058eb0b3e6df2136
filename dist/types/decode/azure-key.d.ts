import type { Anatomy } from "../model/index.ts";
import { type Parts } from "./anatomy.ts";
/** An identifiable Azure key: the checksum seed that fits names the service and the role. Others tell what stands beside them. */
export declare function decodeAzureKey(secret: string, parts: Parts): Anatomy | undefined;
/** An Azure Storage account key in its connection string; older keys hold nothing but noise. */
export declare function decodeAzureStorage(secret: string, parts: Parts): Anatomy | undefined;
