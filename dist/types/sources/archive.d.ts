import type { Provenance } from "../model/index.ts";
import { type Target } from "./blocks.ts";
import type { Limits } from "./unit.ts";
export type ArchiveKind = "zip" | "gzip" | "tar";
interface Archive {
    readonly kind: ArchiveKind;
    readonly fd: number;
    readonly provenance: Provenance;
    readonly target: Target;
    readonly limits: Limits;
}
/** Tells archives by their first bytes; `unread` for compressed formats that have no reader here. */
export declare function archiveKind(head: Buffer, length: number, path: string): ArchiveKind | "unread" | undefined;
/** Opens an archive on a file descriptor and everything in it, within bounds; what a bound cuts is a gap. */
export declare function openArchive(archive: Archive): Promise<void>;
/** `outer.zip!inner.txt`, as gitleaks writes it. */
export declare function shownAs(provenance: Provenance): string;
export {};
