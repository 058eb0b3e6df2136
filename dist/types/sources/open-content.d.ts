import type { BlobId, Provenance } from "../model/index.ts";
import { type Target } from "./blocks.ts";
import type { InTime } from "./in-time.ts";
import type { Limits } from "./unit.ts";
/** A text that is in memory as a whole. */
export interface Content {
    readonly bytes: Buffer;
    readonly blob: BlobId;
    readonly provenance: Provenance;
}
/** Opens a text that is in memory as a file would be: an archive is opened, UTF-16 is read as UTF-8. What fails is a gap. */
export declare function openContent(content: Content, given: Target, limits: Limits, inTime: InTime): void | Promise<void>;
