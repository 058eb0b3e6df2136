import { parseCommit } from "../git/commit.ts";
import { parseConfig } from "../git/config-file.ts";
import type { ObjectContent } from "../git/loose.ts";
import { Gaps, Malformed } from "../git/malformed.ts";
import { type HashKind, ID_SIZE, idAt, type ObjectId } from "../git/object-id.ts";
import type { Objects } from "../git/objects.ts";
import { headName, type Refs } from "../git/refs.ts";
import type { Repository } from "../git/repository.ts";
import { type Submodule, storedSubmodules } from "../git/submodule.ts";
import { FOLDER, SUBMODULE, TreeCursor } from "../git/tree.ts";
import { Unpacker } from "../kernel/history.ts";
import { Kernel } from "../kernel/kernel.ts";
import { ObjectReader } from "./reader.ts";

/** As many submodules are named. */
const MOST = 1000;
const MOST_SETTINGS = 10_000;
/** Folders that a submodule may stand in. */
const DEEPEST = 64;
const MEMORY = { memory: 64 << 20, input: 1 << 20 };

/** The submodules of HEAD, as far as some objects tell; undefined where they do not. */
export function submodulesOf(
  repository: Repository,
  objects: Objects,
  { refs }: Pick<Refs, "refs">,
): readonly Submodule[] | undefined {
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

/** Submodules that git keeps and HEAD has no more: earlier commits had them. Where they stood is not known, so their names are their paths. */
export const earlierSubmodules = (repository: Repository, ofHead: readonly Submodule[]): readonly Submodule[] =>
  storedSubmodules(repository)
    .filter((stored) => !ofHead.some(({ name, path }) => stored === (name ?? path)))
    .map((name) => ({ name, path: name }));

/** Paths of the submodules of HEAD, and of earlier ones that git keeps; undefined where objects do not tell. */
export function submodulePaths(
  repository: Repository,
  objects: Objects,
  refs: Pick<Refs, "refs">,
): readonly string[] | undefined {
  const ofHead = submodulesOf(repository, objects, refs);
  return ofHead && [...ofHead, ...earlierSubmodules(repository, ofHead)].map(({ path }) => path);
}

type Read = (id: ObjectId) => ObjectContent | undefined;

/**
 * The submodules that `.gitmodules` of a commit names (gitmodules(5)), and those in its top folder; undefined where that cannot be read.
 */
function submodulesAt(commit: ObjectId, hash: HashKind, read: Read): readonly Submodule[] | undefined {
  const content = read(commit)?.content;
  const tree = content && parseCommit(content, hash).tree;
  const entries = tree && read(tree)?.content;
  if (!entries) return undefined;
  const found = new Map<string, Submodule>();
  const cursor = new TreeCursor(entries, ID_SIZE[hash]);
  while (cursor.next()) {
    const path = entries.toString("utf8", cursor.nameStart, cursor.nameEnd);
    const id = idAt(entries, cursor.idStart, ID_SIZE[hash]);
    if (cursor.mode === SUBMODULE) found.set(path, { ...found.get(path), path, commit: id });
    if (path !== ".gitmodules" || cursor.mode === FOLDER) continue;
    const file = read(id);
    if (!file) return undefined;
    for (const [name, at] of namesIn(file.content)) {
      const linked = linkAt(tree, at, hash, read);
      found.set(at, {
        ...found.get(at),
        path: at,
        ...(name !== undefined && { name }),
        ...(linked && { commit: linked }),
      });
    }
  }
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1)).slice(0, MOST);
}

/** The commit that a tree has at a path. */
function linkAt(tree: ObjectId, path: string, hash: HashKind, read: Read): ObjectId | undefined {
  const parts = path.split("/");
  let at: ObjectId | undefined = tree;
  for (const [depth, part] of parts.slice(0, DEEPEST).entries()) {
    const mode = depth === parts.length - 1 ? SUBMODULE : FOLDER;
    at = at && entryAt(at, Buffer.from(part), mode, hash, read);
  }
  return parts.length > DEEPEST ? undefined : at;
}

function entryAt(tree: ObjectId, name: Buffer, mode: number, hash: HashKind, read: Read): ObjectId | undefined {
  const content = read(tree)?.content ?? Buffer.alloc(0);
  const cursor = new TreeCursor(content, ID_SIZE[hash]);
  while (cursor.next())
    if (cursor.mode === mode && name.equals(content.subarray(cursor.nameStart, cursor.nameEnd)))
      return idAt(content, cursor.idStart, ID_SIZE[hash]);
  return undefined;
}

/** Names and paths of submodules, as `.gitmodules` has them. */
function namesIn(content: Buffer): readonly (readonly [name: string | undefined, path: string])[] {
  try {
    return [...parseConfig(content.toString("utf8"))].slice(0, MOST_SETTINGS).flatMap(([setting, path]) => {
      const name = /^submodule\.(.*)\.path$/s.exec(setting)?.[1];
      return name === undefined ? [] : [[name, path] as const];
    });
  } catch (error) {
    if (error instanceof Malformed) return [[undefined, ".gitmodules, which cannot be read"]];
    throw error;
  }
}
