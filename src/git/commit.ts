import { readHeader, readSignature, type Signature } from "./object-header.ts";
import { asObjectId, type HashKind, type ObjectId } from "./object-id.ts";

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
