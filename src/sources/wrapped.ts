import { archiveKind } from "./archive-kind.ts";
import { utf16 } from "./encoding.ts";

const HEAD = 4096;

/** Whether a text is to be opened, since its bytes are not what it says: an archive, or UTF-16. */
export function isWrapped(bytes: Buffer): boolean {
  return isArchive(bytes) || utf16(bytes, Math.min(bytes.length, HEAD)) !== undefined;
}

/** First bytes of all archives but tar. */
const FIRST = new Set([0x50, 0x1f, 0x28, 0xfd, 0x37, 0x52, 0x42]);

/** Whether a text is an archive, or compressed in a format that is not read. */
export function isArchive(bytes: Buffer): boolean {
  return (FIRST.has(bytes[0]!) || bytes[257] === 0x75) && archiveKind(bytes, bytes.length) !== undefined;
}
