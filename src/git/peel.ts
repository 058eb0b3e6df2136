import type { Lookup } from "./lookup.ts";
import { Malformed } from "./malformed.ts";
import { COMMIT, type ObjectId, type ObjectKind, TAG } from "./object-id.ts";
import { parseTag } from "./tag.ts";

/** What stands behind annotated tags, and the tags on the way. */
export interface Peeled {
  readonly id: ObjectId;
  readonly kind: ObjectKind;
  readonly tags: readonly ObjectId[];
}

const MOST_TAGS = 100;

/** Follows annotated tags to what they name. Throws `Malformed` where something is missing or broken. */
export function peeled(lookup: Lookup, first: ObjectId): Peeled {
  const tags: ObjectId[] = [];
  for (let id = first; ; ) {
    const { kind, content } = lookup.read(id);
    if (kind !== TAG) return { id, kind, tags };
    const { object } = parseTag(content, lookup.hash);
    if (!object) throw new Malformed("the tag names no object");
    if (tags.push(id) > MOST_TAGS) throw new Malformed("too many tags name each other");
    id = object;
  }
}

/** The commit that an id stands for; undefined for anything else, and for what cannot be read. */
export function commitBehind(lookup: Lookup, id: ObjectId): ObjectId | undefined {
  try {
    const end = peeled(lookup, id);
    return end.kind === COMMIT ? end.id : undefined;
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}
