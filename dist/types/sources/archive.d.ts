import type { Provenance } from "../model/index.ts";
import { type ArchiveKind } from "./archive-kind.ts";
import { type Target } from "./blocks.ts";
import { type Pieces } from "./reads.ts";
import type { Limits } from "./unit.ts";
interface Archive {
    readonly kind: ArchiveKind;
    /** Its bytes from their start; asked for once. */
    readonly data: () => Pieces;
    /** The file that holds it, if one does: a zip archive can then be read where it lies. */
    readonly fd?: number;
    readonly provenance: Provenance;
    readonly target: Target;
    readonly limits: Limits;
}
/** Opens an archive and everything in it, within bounds; what a bound cuts is a gap. */
export declare function openArchive(archive: Archive): Promise<void>;
export {};
