import type { BlobId, Provenance } from "../model/index.ts";
import { archiveKind, UNREAD } from "./archive-kind.ts";
import { blocks, type Read, type Target } from "./blocks.ts";
import { Overdue, unread } from "./failure.ts";
import type { InTime } from "./in-time.ts";
import { guarded } from "./open.ts";
import type { Limits } from "./unit.ts";

/** A text that is in memory as a whole. */
export interface Content {
  readonly bytes: Buffer;
  readonly blob: BlobId;
  readonly provenance: Provenance;
}

/** Opens a text that is in memory as a file would be: an archive is opened, UTF-16 is read as UTF-8. What fails is a gap. */
export function openContent(content: Content, given: Target, limits: Limits, inTime: InTime): void | Promise<void> {
  const target = { ...given, visit: guarded((item) => inTime(() => given.visit(item))) };
  const failed = (error: unknown) => {
    if (error instanceof Overdue) throw error;
    given.visit({ type: "gap", gap: { what: content.provenance.path, why: unread(error) } });
  };
  try {
    return shown(content, target, limits)?.catch(failed);
  } catch (error) {
    failed(error);
  }
}

function shown({ bytes, blob, provenance }: Content, target: Target, limits: Limits): void | Promise<void> {
  const { room, size, visit } = target;
  const filled = bytes.copy(room, 0, 0, size);
  const kind = archiveKind(room, filled);
  if (kind === "unread") visit({ type: "gap", gap: { what: provenance.path, why: UNREAD } });
  else if (kind)
    return import("./archive.ts").then(({ openArchive }) =>
      openArchive({ kind, data: () => [bytes], provenance, target, limits }),
    );
  let at = filled;
  const read: Read = (into) => {
    const got = bytes.copy(into, 0, at, at + into.length);
    at += got;
    return got;
  };
  return blocks(target, { read, blob, provenance, filled, whole: filled === bytes.length, again: () => [bytes] });
}
