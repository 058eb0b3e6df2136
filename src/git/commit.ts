import { readHeader, readSignature, type Signature } from "./object-header.ts";
import { asObjectId, type HashKind, ID_SIZE, type ObjectId } from "./object-id.ts";

/** A commit. What is broken in it is left out and named in `flaws`. */
export interface Commit {
  readonly tree?: ObjectId;
  readonly parents: readonly ObjectId[];
  readonly author?: Signature;
  readonly committer?: Signature;
  /** How names and message are encoded, if not in UTF-8. */
  readonly encoding?: string;
  /** Where the message begins in the content. */
  readonly message: number;
  readonly flaws: readonly string[];
}

/** Where a commit stands in history. */
export type CommitLinks = Pick<Commit, "tree" | "parents" | "flaws"> & {
  /** When it was committed: seconds since 1970. */
  readonly time?: number;
};

/**
 * Reads no more of a commit than where it stands, which is several times faster: its first lines and the committer's. Lines in
 * another order than git's are read by {@link parseCommit}.
 */
export function commitLinks(content: Buffer, hash: HashKind): CommitLinks {
  const digits = 2 * ID_SIZE[hash];
  const idBehind = (word: string, at: number): ObjectId | undefined =>
    content.toString("latin1", at, at + word.length) === word && content[at + word.length + digits] === NEWLINE
      ? asObjectId(content.toString("latin1", at + word.length, at + word.length + digits), hash)
      : undefined;
  const tree = idBehind("tree ", 0);
  const parents: ObjectId[] = [];
  let at = 5 + digits + 1;
  for (let id = tree && idBehind("parent ", at); id; id = idBehind("parent ", at)) {
    parents.push(id);
    at += 7 + digits + 1;
  }
  const committer = content.toString("latin1", at, at + 7) === "author " ? content.indexOf("\ncommitter ", at) : -1;
  const end = committer < 0 ? -1 : content.indexOf(NEWLINE, committer + 1);
  // Between author and committer stands nothing but the author's line.
  if (!tree || end < 0 || content.indexOf(NEWLINE, at) !== committer) {
    const { committer: who, ...commit } = parseCommit(content, hash);
    return { ...commit, ...(who?.time !== undefined && { time: who.time }) };
  }
  const { time } = readSignature(content.subarray(committer + 11, end));
  return { tree, parents, flaws: [], ...(time !== undefined && { time }) };
}

const NEWLINE = 0x0a;

/** Reads a commit's content (gitformat of commits: git-commit-tree(1), git-fsck(1)). */
export function parseCommit(content: Buffer, hash: HashKind): Commit {
  const { fields, message } = readHeader(content);
  const value = (wanted: string): Buffer | undefined => fields.find(([name]) => name === wanted)?.[1];
  const id = (bytes: Buffer | undefined): ObjectId | undefined =>
    bytes && asObjectId(bytes.toString("latin1", 0, 65), hash);
  const named = fields.filter(([name]) => name === "parent");
  const parents = named.flatMap(([, bytes]) => id(bytes) ?? []);
  const tree = id(value("tree"));
  const author = value("author");
  const committer = value("committer");
  const encoding = value("encoding")?.toString("latin1", 0, 64);
  const flaws = [
    ...(tree ? [] : ["the commit names no tree"]),
    ...(parents.length === named.length ? [] : ["the commit has a parent that is no id"]),
    ...(author ? [] : ["the commit has no author"]),
    ...(committer ? [] : ["the commit has no committer"]),
  ];
  return {
    parents,
    message,
    flaws,
    ...(tree && { tree }),
    ...(author && { author: readSignature(author) }),
    ...(committer && { committer: readSignature(committer) }),
    ...(encoding && { encoding }),
  };
}
