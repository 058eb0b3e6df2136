import { readHeader, readSignature, type Signature } from "./object-header.ts";
import { asObjectId, type HashKind, KIND_WORDS, type ObjectId, type ObjectKind } from "./object-id.ts";

/** An annotated tag. What is broken in it is left out and named in `flaws`. */
export interface Tag {
  readonly object?: ObjectId;
  readonly kind?: ObjectKind;
  /** The tag's own name, as bytes. */
  readonly name?: Buffer;
  /** Missing in very old tags. */
  readonly tagger?: Signature;
  /** Where the message begins in the content. */
  readonly message: number;
  readonly flaws: readonly string[];
}

/** Reads a tag's content (git-mktag(1)). */
export function parseTag(content: Buffer, hash: HashKind): Tag {
  const { fields, message } = readHeader(content);
  const value = (wanted: string): Buffer | undefined => fields.find(([name]) => name === wanted)?.[1];
  const object = asObjectId(value("object")?.toString("latin1", 0, 65) ?? "", hash);
  const kind = KIND_WORDS.indexOf((value("type")?.toString("latin1", 0, 16) ?? "") as "blob");
  const name = value("tag");
  const tagger = value("tagger");
  const flaws = [
    ...(object ? [] : ["the tag names no object"]),
    ...(kind > 0 ? [] : ["the tag does not say what it names"]),
  ];
  return {
    message,
    flaws,
    ...(object && { object }),
    ...(kind > 0 && { kind: kind as ObjectKind }),
    ...(name && { name }),
    ...(tagger && { tagger: readSignature(tagger) }),
  };
}
