import { parseCommit } from "./commit.ts";
import type { Lookup } from "./lookup.ts";
import { Malformed } from "./malformed.ts";
import { asObjectId, COMMIT, type ObjectId } from "./object-id.ts";
import { peeled } from "./peel.ts";
import { findRef } from "./ref-lookup.ts";
import type { Repository } from "./repository.ts";

/** An object that somebody named, and the ref that the name stands for, if it is one. */
export interface Revision {
  readonly id: ObjectId;
  readonly ref?: string;
}

const STEPS = /(?:[~^]\d{0,6}|\^\{(?:commit)?\})*$/;
const STEP = /([~^])(?:(\d+)|\{(\w*)\})?/g;
const MOST_STEPS = 100_000;

/**
 * What a revision names (gitrevisions(7)): ids, whole or at least four digits of them, refs by their names, `@`, and the steps `~N` and
 * `^N` behind these. Undefined if it is none of those. Throws `Malformed` where several objects are called so, or one on the way is missing.
 */
export function revision(repository: Repository, lookup: Lookup, text: string): Revision | undefined {
  const [steps] = STEPS.exec(text)!;
  const name = text.slice(0, text.length - steps.length);
  const first = named(repository, lookup, name === "@" ? "HEAD" : name);
  if (!first || steps === "") return first;
  let { id } = first;
  for (const [, sign, digits, kind] of steps.matchAll(STEP)) {
    const count = Number(digits ?? 1);
    if (count > MOST_STEPS) return undefined;
    const stepped =
      kind !== undefined
        ? peeled(lookup, id).id
        : sign === "~"
          ? ancestor(lookup, id, count)
          : parent(lookup, id, count);
    if (!stepped) return undefined;
    id = stepped;
  }
  return { id };
}

function named(repository: Repository, lookup: Lookup, name: string): Revision | undefined {
  const id = asObjectId(name.toLowerCase(), lookup.hash);
  if (id) return { id };
  const ref = findRef(repository, name);
  if (ref) return { id: ref.id, ref: ref.name };
  if (!/^[0-9a-f]{4,63}$/i.test(name)) return undefined;
  const found = lookup.startingWith(name.toLowerCase());
  const commits = found.length > 1 ? found.filter((each) => isCommit(lookup, each)) : found;
  if (commits.length > 1) throw new Malformed(`${found.length} objects are called so: give more of the id`);
  return commits[0] && { id: commits[0] };
}

function isCommit(lookup: Lookup, id: ObjectId): boolean {
  try {
    return peeled(lookup, id).kind === COMMIT;
  } catch {
    return false;
  }
}

function ancestor(lookup: Lookup, from: ObjectId, count: number): ObjectId | undefined {
  let id: ObjectId | undefined = parent(lookup, from, 0);
  for (let left = count; left > 0 && id; left--) id = parent(lookup, id, 1);
  return id;
}

/** The parent of that number of a commit; the commit itself for 0. */
function parent(lookup: Lookup, from: ObjectId, number: number): ObjectId | undefined {
  const { id, kind } = peeled(lookup, from);
  if (kind !== COMMIT) return undefined;
  return number === 0 ? id : parseCommit(lookup.read(id).content, lookup.hash).parents[number - 1];
}
