import type { ObjectContent } from "../git/loose.ts";
import { COMMIT, type HashKind, type ObjectId, type ObjectKind, TAG } from "../git/object-id.ts";
import type { Refs } from "../git/refs.ts";
import { parseTag } from "../git/tag.ts";

/** How something is reached, the nearest first: `logged` is what only a reflog, or a name such as `ORIG_HEAD`, still leads to. */
export const REACHES = ["ref", "stash", "logged", "unreachable"] as const;
export type Reach = (typeof REACHES)[number];

/** Something that keeps objects reachable, and what it leads to when all tags are taken off. */
export interface Tip {
  readonly name: string;
  readonly reach: Exclude<Reach, "unreachable">;
  readonly id: ObjectId;
  readonly kind: ObjectKind;
  /** The annotated tags that it leads through. */
  readonly tags: readonly ObjectId[];
}

/** What stands behind tags. */
type Peeled = Pick<Tip, "id" | "kind" | "tags">;

/** As many tags of tags are followed. */
const DEEPEST = 16;

/**
 * What refs and reflogs lead to. `isCommit` answers for ids that are known to be commits, `read` gives other objects; what it does not
 * give is left out: the object is missing. Tags are only read where they must be, unless all are asked for.
 */
export function tipsOf(
  { refs, reflogs }: Pick<Refs, "refs" | "reflogs">,
  hash: HashKind,
  isCommit: (id: ObjectId) => boolean,
  read: (id: ObjectId) => ObjectContent | undefined,
  withTags = false,
): readonly Tip[] {
  const known = new Map<ObjectId, Peeled | undefined>();
  const peeled = (id: ObjectId): Peeled | undefined => {
    if (!known.has(id)) known.set(id, peel(id, hash, isCommit, read));
    return known.get(id);
  };
  const tips: Tip[] = [];
  const enter = (name: string, reach: Tip["reach"], id: ObjectId): void => {
    const object = peeled(id);
    if (object) tips.push({ name, reach, ...object });
  };
  for (const { name, id, peeled: named } of refs) if (id) enter(name, reachOf(name), withTags ? id : (named ?? id));
  for (const { name, ids } of reflogs) for (const id of ids) enter(name, name === STASH ? "stash" : "logged", id);
  return tips;
}

const STASH = "refs/stash";

function reachOf(name: string): Tip["reach"] {
  if (name === STASH) return "stash";
  return /^(?:worktrees\/[^/]+\/)?(?:HEAD$|refs\/)/.test(name) ? "ref" : "logged";
}

/** What stands behind annotated tags. Undefined where something is missing or broken, or the tags are too many. */
export function peel(
  first: ObjectId,
  hash: HashKind,
  isCommit: (id: ObjectId) => boolean,
  read: (id: ObjectId) => ObjectContent | undefined,
): Peeled | undefined {
  const tags: ObjectId[] = [];
  let id = first;
  for (let depth = 0; depth < DEEPEST; depth++) {
    if (isCommit(id)) return { id, kind: COMMIT, tags };
    const object = read(id);
    if (!object) return undefined;
    if (object.kind !== TAG) return { id, kind: object.kind, tags };
    tags.push(id);
    const tag = parseTag(object.content, hash);
    if (!tag.object) return undefined;
    id = tag.object;
  }
  return undefined;
}
