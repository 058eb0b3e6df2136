import { writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { parseDocument } from "../config/document.ts";
import { CommitWalk, type RangeCommit } from "../git/commit-walk.ts";
import { type Lookup, withLookup } from "../git/lookup.ts";
import { Malformed } from "../git/malformed.ts";
import type { ObjectId } from "../git/object-id.ts";
import { type FileEntry, fileEntryAt } from "../git/path-lookup.ts";
import { commitBehind } from "../git/peel.ts";
import type { Repository } from "../git/repository.ts";
import { makeFolder } from "../sources/make-folder.ts";

/** Files that say what counts, as the base of a request has them. */
export interface BaseFiles {
  /** The folder they were written into. */
  readonly folder: string;
  /** Paths that were there. */
  readonly present: ReadonlySet<string>;
  /** Paths that were looked for: what a request does to them is to be said. */
  readonly paths: readonly string[];
  /** What is there and could not be read: its path, and what of it is missing. */
  readonly unread: readonly { readonly path: string; readonly id: ObjectId }[];
}

/** What is read at the root without being named. */
const OWN = [".leakreach.yml", ".leakreach.yaml", ".gitleaksignore"];
const LARGEST = 256 << 20;
/** Files that settings name: rules and JWK sets. */
const MOST = 500;

/**
 * Takes settings, ignore file, baseline and what these name from a commit, never from the work tree: what a request brings
 * must not switch off what looks at it. Runs no git.
 */
export function takeBaseFiles(
  repository: Repository,
  base: string,
  named: readonly string[],
  folder: string,
): BaseFiles {
  const present = new Set<string>();
  const unread: { path: string; id: ObjectId }[] = [];
  const paths = new Set([...OWN, ...named].filter(isInside));
  withLookup(repository, (lookup) => {
    for (const path of paths) {
      const { entry, way } = behindLinks(lookup, base, path);
      for (const other of way) paths.add(other);
      const content = entry && !entry.isLink ? contentOf(lookup, entry.id) : undefined;
      if (entry && content === undefined) unread.push({ path, id: entry.id });
      if (content === undefined) continue;
      present.add(path);
      makeFolder(dirname(join(folder, path)));
      writeFileSync(join(folder, path), content);
      if (!/\.ya?ml$/i.test(path)) continue;
      for (const other of namedIn(content.toString("utf8")).map((name) => posix.join(posix.dirname(path), name)))
        if (paths.size < MOST && isInside(other)) paths.add(other);
    }
  });
  return { folder, present, paths: [...paths], unread };
}

/** The paths that commits change: what they have there is of none of their parents. */
export function changedPaths(
  repository: Repository,
  commits: readonly RangeCommit[],
  paths: readonly string[],
): string[] {
  return withLookup(repository, (lookup) => {
    const changes = ({ id, parents }: RangeCommit, path: string): boolean => {
      const own = idAt(lookup, id, path);
      return parents.length === 0 ? own !== undefined : parents.every((parent) => idAt(lookup, parent, path) !== own);
    };
    return paths.filter((path) => commits.some((commit) => changes(commit, path)));
  });
}

/** The commits of a range that are there: ids of commits, or of tags of such. */
export function commitsOf(repository: Repository, { base, head }: { readonly base: string; readonly head: string }) {
  return withLookup(repository, (lookup) => {
    const walk = new CommitWalk({ lookup, shallow: repository.shallow, unread: () => {} });
    const behind = (id: string) => commitBehind(lookup, id as ObjectId) ?? (id as ObjectId);
    return walk.between([behind(head)], [behind(base)]);
  });
}

/** Whether two commits have the same file at a path. */
export function isSame(lookup: Lookup, one: string, other: string, path: string): boolean {
  const id = idAt(lookup, one, path);
  return id !== undefined && id === idAt(lookup, other, path);
}

/** A link to a link is followed so often; git itself has no such limit, but systems do. */
const MOST_LINKS = 8;

/** What stands at a path, or where links from there lead inside of the repository, and by which paths; else the last link. */
function behindLinks(lookup: Lookup, commit: string, path: string): { entry: FileEntry | undefined; way: string[] } {
  const way: string[] = [];
  let entry = entryAt(lookup, commit, path);
  for (let at = path; entry?.isLink && way.length < MOST_LINKS; at = way.at(-1)!) {
    const target = contentOf(lookup, entry.id)?.toString("utf8");
    const next = target === undefined || target.startsWith("/") ? undefined : posix.join(posix.dirname(at), target);
    const found = next !== undefined && isInside(next) ? entryAt(lookup, commit, next) : undefined;
    if (!found) break;
    entry = found;
    way.push(next!);
  }
  return { entry, way };
}

function contentOf(lookup: Lookup, id: ObjectId): Buffer | undefined {
  return unlessMalformed(() => Buffer.from(lookup.read(id, LARGEST).content));
}

const idAt = (lookup: Lookup, commit: string, path: string): ObjectId | undefined => entryAt(lookup, commit, path)?.id;

function entryAt(lookup: Lookup, commit: string, path: string): FileEntry | undefined {
  return unlessMalformed(() => fileEntryAt(lookup, commit as ObjectId, Buffer.from(path)));
}

function unlessMalformed<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

/** A path that cannot lead out of the folder it is written into. */
const isInside = (path: string): boolean =>
  !path.includes("\\") && !path.includes("\0") && path.split("/").every((part) => !["", ".", ".."].includes(part));

/** The files that settings name: `rules.files`, and `jwks` of issuers. What is wrong in them is said when they are read. */
function namedIn(text: string): string[] {
  const { value } = parseDocument(text);
  const { rules, issuers } = (isObject(value) ? value : {}) as { rules?: unknown; issuers?: unknown };
  const files = isObject(rules) && Array.isArray(rules.files) ? rules.files : [];
  const keys = Array.isArray(issuers) ? issuers.map((issuer) => (isObject(issuer) ? issuer.jwks : undefined)) : [];
  return [...files, ...keys].filter((name) => typeof name === "string");
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
