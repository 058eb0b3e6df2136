import type { Anatomy } from "../model/index.ts";
import { type Parts } from "./anatomy.ts";
/** A shared access signature: all it grants stands in its fields (Azure Storage REST, "Create an account SAS" and siblings). */
export declare function decodeAzureSas(secret: string, parts: Parts): Anatomy | undefined;
