import { join } from "node:path";
import type { Gap } from "../model/index.ts";
import { filesBelow, namesIn } from "./folder.ts";
import { readLooseRef } from "./loose-refs.ts";
import { Gaps } from "./malformed.ts";
import type { HashKind } from "./object-id.ts";
import { parsePackedRefs } from "./packed-refs.ts";
import type { FoundRefs, Ref, Reflog } from "./ref.ts";
import { parseReflog } from "./reflog.ts";
import { readStack } from "./reftable-stack.ts";
import { readSmall } from "./regular-file.ts";
import type { Repository } from "./repository.ts";

/** Everything that keeps objects of a repository reachable. */
export interface Refs {
  readonly refs: readonly Ref[];
  readonly reflogs: readonly Reflog[];
  readonly gaps: readonly Gap[];
}

const LARGEST = 256 << 20;
/** As git's SYMREF_MAXDEPTH. */
const DEEPEST_LINK = 5;
/** `HEAD` and the pseudo-refs beside it: gitglossary(7). */
const PSEUDO = /^(?:[A-Z][A-Z_]*_HEAD|HEAD|AUTO_MERGE|MERGE_AUTOSTASH|BISECT_EXPECTED_REV|NOTES_MERGE_PARTIAL)$/;

/** Reads all refs and reflogs of a repository, those of every work tree among them. */
export function readRefs({ commonDir, refStorage, hash }: Repository): Refs {
  const gaps = new Gaps();
  const found: FoundRefs = { refs: new Map(), reflogs: [] };
  const prefixes = namesIn(join(commonDir, "worktrees"), gaps).map((name) => `worktrees/${name}/`);
  for (const prefix of ["", ...prefixes]) {
    const place: Place = { folder: join(commonDir, prefix), prefix, hash };
    if (refStorage === "files") readFiles(place, found, gaps);
    else readPseudoRefs(place, found, gaps);
    if (refStorage === "reftable") readTables(place, found, gaps);
  }
  if (refStorage !== "files" && refStorage !== "reftable")
    gaps.add("refs", "this repository keeps its refs in a way that is not known here: what they name was not reached");
  const refs = [...found.refs.values()].flat().map((ref) => resolved(ref, found, gaps));
  return { refs, reflogs: found.reflogs, gaps: gaps.all() };
}

/** The name that `readRefs` gives the HEAD of the work tree that a repository was opened in. */
export function headName({ gitDir, commonDir }: Repository): string {
  return gitDir === commonDir ? "HEAD" : `worktrees/${gitDir.replace(/^.*[\\/]/s, "")}/HEAD`;
}

/** A folder with refs, what stands before their names, and the repository's hash. */
interface Place {
  readonly folder: string;
  readonly prefix: string;
  readonly hash: HashKind;
}

function readFiles(place: Place, found: FoundRefs, gaps: Gaps): void {
  const { folder, prefix, hash } = place;
  const packed = gaps.try("packed-refs", () => readSmall(join(folder, "packed-refs"), LARGEST));
  for (const ref of packed ? parsePackedRefs(packed, hash, gaps) : []) found.refs.set(prefix + ref.name, [ref]);
  readPseudoRefs(place, found, gaps);
  for (const file of filesBelow(join(folder, "refs"), gaps)) enter(place, `refs/${file}`, found, gaps);
  for (const file of filesBelow(join(folder, "logs"), gaps)) {
    const name = prefix + file;
    const bytes = gaps.try(`the reflog of ${name}`, () => readSmall(join(folder, "logs", file), LARGEST));
    if (bytes) found.reflogs.push(parseReflog(name, bytes, hash));
  }
}

function readPseudoRefs(place: Place, found: FoundRefs, gaps: Gaps): void {
  for (const name of namesIn(place.folder, gaps)) if (PSEUDO.test(name)) enter(place, name, found, gaps);
}

function enter({ folder, prefix, hash }: Place, path: string, { refs }: FoundRefs, gaps: Gaps): void {
  const name = prefix + path;
  const found = gaps.try(name, () => readLooseRef(folder, path, name, hash));
  if (found?.length) refs.set(name, found);
}

/** Also where refs are in tables, `FETCH_HEAD` and `MERGE_HEAD` are files; HEAD's file is there too, but says nothing. */
function readTables({ folder, prefix, hash }: Place, { refs, reflogs }: FoundRefs, gaps: Gaps): void {
  refs.delete(`${prefix}HEAD`);
  const stack = readStack(join(folder, "reftable"), hash, gaps);
  for (const ref of stack.refs) refs.set(prefix + ref.name, [{ ...ref, name: prefix + ref.name }]);
  for (const { name, ...log } of stack.reflogs) reflogs.push({ name: prefix + name, ...log });
}

/** Follows a symbolic ref; one that leads nowhere has no id: a branch without a commit yet. */
function resolved(ref: Ref, { refs }: FoundRefs, gaps: Gaps): Ref {
  const prefix = /^worktrees\/[^/]+\//.exec(ref.name)?.[0] ?? "";
  let at: Ref | undefined = ref;
  for (let depth = 0; at?.target !== undefined; depth++) {
    if (depth === DEEPEST_LINK) {
      gaps.add(ref.name, "this symbolic ref leads through too many others");
      return ref;
    }
    at = (refs.get(prefix + at.target) ?? refs.get(at.target))?.[0];
  }
  return at?.id ? { ...ref, id: at.id } : ref;
}
