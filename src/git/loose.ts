import { join } from "node:path";
import { namesIn } from "./folder.ts";
import { inflateAll } from "./inflate.ts";
import { type Gaps, Malformed } from "./malformed.ts";
import { type HashKind, ID_SIZE, idOf, KIND_WORDS, type ObjectId, type ObjectKind } from "./object-id.ts";
import { readAt, readSmall, withFile } from "./regular-file.ts";

/** An object and its content. */
export interface ObjectContent {
  readonly kind: ObjectKind;
  readonly content: Buffer;
}

/** The ids of the objects that have a file of their own in a folder, one after the other, ascending. */
export function listLoose(folder: string, hash: HashKind, gaps: Gaps): Uint8Array {
  const ids: Buffer[] = [];
  const rest = new RegExp(`^[0-9a-f]{${2 * ID_SIZE[hash] - 2}}$`);
  for (const first of namesIn(folder, gaps)) {
    if (!/^[0-9a-f]{2}$/.test(first)) continue;
    const named = namesIn(join(folder, first), gaps).filter((name) => rest.test(name));
    if (named.length > 0) ids.push(Buffer.from(named.map((name) => first + name).join(""), "hex"));
  }
  return Buffer.concat(ids);
}

/** The longest header: a word and 16 digits. */
const LONGEST_HEADER = 32;

/**
 * Reads an object from its own file and checks it against its id; undefined if there is no such file. One of more than
 * `limit` bytes is `Malformed`, as is one that is not what its name says (gitformat-loose(5)).
 */
export function readLoose(folder: string, id: ObjectId, hash: HashKind, limit: number): ObjectContent | undefined {
  // What does not shrink at all still grows by a few bytes for each 16 KiB.
  const deflated = readSmall(join(folder, id.slice(0, 2), id.slice(2)), limit + Math.floor(limit / 256) + 4096);
  if (!deflated) return undefined;
  const bytes = inflateAll(deflated, limit + LONGEST_HEADER);
  const header = /^(commit|tree|blob|tag) (0|[1-9]\d{0,15})\0/.exec(bytes.toString("latin1", 0, LONGEST_HEADER));
  if (!header) throw new Malformed("the loose object's header cannot be read");
  const content = bytes.subarray(header[0].length);
  if (content.length !== Number(header[2])) throw new Malformed("the loose object is not as long as it says");
  const word = header[1] as "commit" | "tree" | "blob" | "tag";
  if (idOf(hash, word, content) !== id) throw new Malformed("the loose object's content does not fit its id");
  return { kind: KIND_WORDS.indexOf(word) as ObjectKind, content };
}

/**
 * The same for an object that may be of some kind; undefined if it is not. What is too large for that kind mostly is none: its
 * file says so, of which no more is inflated than that takes.
 */
export function readLooseOf(
  kind: ObjectKind,
  folder: string,
  id: ObjectId,
  hash: HashKind,
  limit: number,
): ObjectContent | undefined {
  try {
    const object = readLoose(folder, id, hash, limit);
    return object?.kind === kind ? object : undefined;
  } catch (error) {
    if (says(kind, folder, id)) throw error;
    return undefined;
  }
}

function says(kind: ObjectKind, folder: string, id: ObjectId): boolean {
  const start = Buffer.alloc(2 * LONGEST_HEADER);
  const size = withFile(join(folder, id.slice(0, 2), id.slice(2)), (file) => readAt(file, start, 0));
  const { constants, inflateSync } = process.getBuiltinModule("node:zlib");
  try {
    const words = inflateSync(start.subarray(0, size), { finishFlush: constants.Z_SYNC_FLUSH });
    return words.toString("latin1").startsWith(`${KIND_WORDS[kind]} `);
  } catch {
    // Nobody knows what it was.
    return true;
  }
}
