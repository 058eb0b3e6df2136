import { parseCommit } from "./commit.ts";
import type { Lookup } from "./lookup.ts";
import { Malformed } from "./malformed.ts";
import { ID_SIZE, idAt, type ObjectId, TREE } from "./object-id.ts";
import { FOLDER, LINK, SUBMODULE, TreeCursor } from "./tree.ts";

/** What a commit has at a path: a file, or a link whose content is where it leads. */
export interface FileEntry {
  readonly id: ObjectId;
  readonly isLink: boolean;
}

/** The file that a commit has at a path, by its id; undefined if there is none. Throws `Malformed` where that cannot be read. */
export const fileAt = (lookup: Lookup, commit: ObjectId, path: Buffer): ObjectId | undefined =>
  fileEntryAt(lookup, commit, path)?.id;

/** The same, with whether it is a link. */
export function fileEntryAt(lookup: Lookup, commit: ObjectId, path: Buffer): FileEntry | undefined {
  let at: ObjectId | undefined = parseCommit(lookup.read(commit).content, lookup.hash).tree;
  for (let from = 0; at !== undefined && from <= path.length; ) {
    const slash = path.indexOf(0x2f, from);
    const isLast = slash < 0;
    const entry = entryAt(lookup, at, path.subarray(from, isLast ? path.length : slash), !isLast);
    if (isLast) return entry;
    at = entry?.id;
    from = slash + 1;
  }
  return undefined;
}

function entryAt(lookup: Lookup, tree: ObjectId, name: Buffer, isFolder: boolean): FileEntry | undefined {
  const { kind, content } = lookup.read(tree);
  if (kind !== TREE) throw new Malformed("it stands where a folder should be, and is none");
  const cursor = new TreeCursor(content, ID_SIZE[lookup.hash]);
  while (cursor.next()) {
    const { mode, nameStart, nameEnd, idStart } = cursor;
    if (mode === SUBMODULE || (mode === FOLDER) !== isFolder) continue;
    if (name.equals(content.subarray(nameStart, nameEnd)))
      return { id: idAt(content, idStart, ID_SIZE[lookup.hash]), isLink: mode === LINK };
  }
  return undefined;
}
