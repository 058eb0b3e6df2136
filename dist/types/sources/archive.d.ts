import type { Provenance } from "../model/index.ts";
import { type ArchiveKind } from "./archive-kind.ts";
import { type Target } from "./blocks.ts";
import type { Limits } from "./unit.ts";
interface Archive {
    readonly kind: ArchiveKind;
    readonly fd: number;
    readonly provenance: Provenance;
    readonly target: Target;
    readonly limits: Limits;
}
/** Opens an archive on a file descriptor and everything in it, within bounds; what a bound cuts is a gap. */
export declare function openArchive(archive: Archive): Promise<void>;
export {};
