import { parseCommit } from "./commit.ts";
import type { Lookup } from "./lookup.ts";
import { Malformed } from "./malformed.ts";
import { ID_SIZE, idAt, type ObjectId, TREE } from "./object-id.ts";
import { FOLDER, SUBMODULE, TreeCursor } from "./tree.ts";

/** The file that a commit has at a path, by its id; undefined if there is none. Throws `Malformed` where that cannot be read. */
export function fileAt(lookup: Lookup, commit: ObjectId, path: Buffer): ObjectId | undefined {
  let at: ObjectId | undefined = parseCommit(lookup.read(commit).content, lookup.hash).tree;
  for (let from = 0; at !== undefined && from <= path.length; ) {
    const slash = path.indexOf(0x2f, from);
    const isLast = slash < 0;
    at = entryAt(lookup, at, path.subarray(from, isLast ? path.length : slash), !isLast);
    if (isLast) return at;
    from = slash + 1;
  }
  return undefined;
}

function entryAt(lookup: Lookup, tree: ObjectId, name: Buffer, isFolder: boolean): ObjectId | undefined {
  const { kind, content } = lookup.read(tree);
  if (kind !== TREE) throw new Malformed("it stands where a folder should be, and is none");
  const cursor = new TreeCursor(content, ID_SIZE[lookup.hash]);
  while (cursor.next()) {
    const { mode, nameStart, nameEnd, idStart } = cursor;
    if (mode === SUBMODULE || (mode === FOLDER) !== isFolder) continue;
    if (name.equals(content.subarray(nameStart, nameEnd))) return idAt(content, idStart, ID_SIZE[lookup.hash]);
  }
  return undefined;
}
