import { parseCommit } from "../git/commit.ts";
import { parseConfig } from "../git/config-file.ts";
import type { ObjectContent } from "../git/loose.ts";
import { Gaps, Malformed } from "../git/malformed.ts";
import { type HashKind, ID_SIZE, idAt, type ObjectId } from "../git/object-id.ts";
import type { Objects } from "../git/objects.ts";
import { headName, type Refs } from "../git/refs.ts";
import type { Repository } from "../git/repository.ts";
import { FOLDER, SUBMODULE, TreeCursor } from "../git/tree.ts";
import { Unpacker } from "../kernel/history.ts";
import { Kernel } from "../kernel/kernel.ts";
import { ObjectReader } from "./reader.ts";

/** As many submodules are named. */
const MOST = 1000;
const MEMORY = { memory: 64 << 20, input: 1 << 20 };

/** The submodules of HEAD, as far as some objects tell; undefined where they do not. */
export function submodulesOf(
  repository: Repository,
  objects: Objects,
  { refs }: Pick<Refs, "refs">,
): readonly string[] | undefined {
  const head = refs.find(({ name }) => name === headName(repository))?.id;
  if (head === undefined) return [];
  // What is broken in them is a gap of the scan itself.
  const reader = new ObjectReader(new Unpacker(new Kernel([]), MEMORY), objects, repository.hash, new Gaps());
  try {
    return submodulesAt(head, repository.hash, (id) => reader.read(id));
  } finally {
    reader.close();
  }
}

/**
 * The paths of the submodules that `.gitmodules` of a commit names (gitmodules(5)), and of those in its top folder; undefined where that
 * cannot be read.
 */
function submodulesAt(
  commit: ObjectId,
  hash: HashKind,
  read: (id: ObjectId) => ObjectContent | undefined,
): readonly string[] | undefined {
  const content = read(commit)?.content;
  const tree = content && parseCommit(content, hash).tree;
  const entries = tree && read(tree)?.content;
  if (!entries) return undefined;
  const paths = new Set<string>();
  const cursor = new TreeCursor(entries, ID_SIZE[hash]);
  while (cursor.next()) {
    const name = entries.toString("utf8", cursor.nameStart, cursor.nameEnd);
    if (cursor.mode === SUBMODULE) paths.add(name);
    if (name !== ".gitmodules" || cursor.mode === FOLDER) continue;
    const file = read(idAt(entries, cursor.idStart, ID_SIZE[hash]));
    if (!file) return undefined;
    for (const path of pathsIn(file.content)) paths.add(path);
  }
  return [...paths].sort().slice(0, MOST);
}

function pathsIn(content: Buffer): readonly string[] {
  try {
    return [...parseConfig(content.toString("utf8"))].flatMap(([name, value]) =>
      /^submodule\..*\.path$/s.test(name) ? [value] : [],
    );
  } catch (error) {
    if (error instanceof Malformed) return [".gitmodules, which cannot be read"];
    throw error;
  }
}
