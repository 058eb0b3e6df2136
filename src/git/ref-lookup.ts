import { join } from "node:path";
import { readLooseRef } from "./loose-refs.ts";
import { Malformed } from "./malformed.ts";
import { asObjectId, ID_SIZE, type ObjectId } from "./object-id.ts";
import type { Ref } from "./ref.ts";
import { readRefs } from "./refs.ts";
import { readSmall } from "./regular-file.ts";
import type { Repository } from "./repository.ts";

const LARGEST = 256 << 20;
const DEEPEST_LINK = 5;
/** Where a short name is looked for (gitrevisions(7), "refname"). */
const RULES = ["", "refs/", "refs/tags/", "refs/heads/", "refs/remotes/"];
/** Refs that each work tree has for itself (gitrepository-layout(5), "refs"). */
const OWN = /^(?:[A-Z][A-Z_]*$|refs\/(?:bisect|rewritten|worktree)\/)/;
const SOUND = /^(?!.*(?:\.\.|\/\/|\/$|@\{|[\0-\x20\x7f~^:?*[\\]))[^/.-]/;

/** A ref by its whole name or a short one, and what it leads to; nothing if there is none, or none yet. */
export function findRef(
  repository: Repository,
  name: string,
): { readonly name: string; readonly id: ObjectId } | undefined {
  if (!SOUND.test(name)) return undefined;
  const full = [...RULES.map((rule) => rule + name), `refs/remotes/${name}/HEAD`];
  for (const each of full) {
    if (!each.startsWith("refs/") && !OWN.test(each)) continue;
    const id = orNothing(() => refId(repository, each));
    if (id) return { name: each, id };
  }
  return undefined;
}

/** A folder of refs, or a file that is none, is not what was meant. */
function orNothing<T>(find: () => T): T | undefined {
  try {
    return find();
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

/** What a ref leads to, by its whole name, through symbolic refs; nothing if there is none, or none yet. Throws `Malformed`. */
export function refId(repository: Repository, name: string, depth = 0): ObjectId | undefined {
  const ref = repository.refStorage === "files" ? fromFiles(repository, name) : fromAll(repository, name);
  if (ref?.id) return ref.id;
  return ref?.target !== undefined && depth < DEEPEST_LINK ? refId(repository, ref.target, depth + 1) : undefined;
}

/** All ids of a pseudo-ref such as `MERGE_HEAD`, which has a line for each. */
export function pseudoRefIds({ gitDir, hash }: Repository, name: string): readonly ObjectId[] {
  return readLooseRef(gitDir, name, name, hash).flatMap(({ id }) => id ?? []);
}

function fromFiles({ gitDir, commonDir, hash }: Repository, name: string): Ref | undefined {
  const [loose] = readLooseRef(OWN.test(name) ? gitDir : commonDir, name, name, hash);
  if (loose) return loose;
  const packed = readSmall(join(commonDir, "packed-refs"), LARGEST);
  const at = packed?.indexOf(` ${name}\n`) ?? -1;
  if (!packed || at < 2 * ID_SIZE[hash]) return undefined;
  const id = asObjectId(packed.toString("latin1", at - 2 * ID_SIZE[hash], at), hash);
  return id && { name, id };
}

function fromAll(repository: Repository, name: string): Ref | undefined {
  const own = OWN.test(name) && repository.gitDir !== repository.commonDir;
  const prefix = own ? `worktrees/${repository.gitDir.replace(/^.*[\\/]/s, "")}/` : "";
  return readRefs(repository).refs.find((ref) => ref.name === prefix + name);
}
