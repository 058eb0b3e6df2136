import { join } from "node:path";
import { Malformed } from "./malformed.ts";
import { readAt, withFile } from "./regular-file.ts";
import type { Repository } from "./repository.ts";

/** What a file in Git LFS is stood in for by (git-lfs, docs/spec.md, "The Pointer"). */
export interface LfsPointer {
  /** SHA-256 of the content, in hex. */
  readonly oid: string;
  readonly size: number;
}

/** A pointer has fewer bytes than this. */
const LONGEST = 1024;
const FIRST = Buffer.from("version https://git-lfs.github.com/spec/v1\n");

/** Reads a pointer; undefined if the bytes are none. */
export function readPointer(bytes: Buffer): LfsPointer | undefined {
  if (bytes.length >= LONGEST || bytes[0] !== FIRST[0] || !bytes.subarray(0, FIRST.length).equals(FIRST))
    return undefined;
  const text = bytes.toString("latin1");
  const oid = /^oid sha256:([0-9a-f]{64})$/m.exec(text)?.[1];
  const size = /^size (\d{1,15})$/m.exec(text)?.[1];
  return oid === undefined || size === undefined ? undefined : { oid, size: Number(size) };
}

/** Where a repository keeps contents in Git LFS. */
export const lfsFolder = ({ commonDir }: Pick<Repository, "commonDir">): string => join(commonDir, "lfs", "objects");

/** Where the content of a pointer is kept below that, if it was fetched. */
export const lfsPath = (folder: string, oid: string): string => join(folder, oid.slice(0, 2), oid.slice(2, 4), oid);

const PIECE = 1 << 20;

/** Holds a stored content against its pointer; one that does not fit is malformed, one that is not there an `ENOENT`. */
export function checkLfs(path: string, { oid, size }: LfsPointer): void {
  withFile(path, (file) => {
    if (file.size !== size) throw new Malformed("the stored Git LFS object is not as long as its pointer says");
    const { createHash } = process.getBuiltinModule("node:crypto");
    const hash = createHash("sha256");
    const piece = Buffer.alloc(Math.min(PIECE, Math.max(1, size)));
    for (let at = 0; at < size; at += piece.length) hash.update(piece.subarray(0, readAt(file, piece, at)));
    if (hash.digest("hex") !== oid) throw new Malformed("the stored Git LFS object does not fit its pointer");
  });
}
