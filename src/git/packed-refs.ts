import { lines } from "./lines.ts";
import type { Gaps } from "./malformed.ts";
import { asObjectId, type HashKind, ID_SIZE } from "./object-id.ts";
import type { Ref } from "./ref.ts";

/** Reads `packed-refs` (gitrepository-layout(5), git-pack-refs(1)): an id and a name on each line, `^` and what a tag leads to behind it. */
export function parsePackedRefs(bytes: Buffer, hash: HashKind, gaps: Gaps): Ref[] {
  const digits = 2 * ID_SIZE[hash];
  const refs: Ref[] = [];
  for (const [number, line] of lines(bytes)) {
    if (line[0] === HASH || line.length === 0) continue;
    const isPeeled = line[0] === CARET;
    const id = asObjectId(line.toString("latin1", isPeeled ? 1 : 0, digits + (isPeeled ? 1 : 0)), hash);
    const last = refs.at(-1);
    if (isPeeled && id && last) refs[refs.length - 1] = { ...last, peeled: id };
    else if (!isPeeled && id && line[digits] === SPACE && line.length > digits + 1)
      refs.push({ name: line.toString("utf8", digits + 1), id });
    else gaps.add(`packed-refs, line ${number}`, "is no ref: what only it names was not reached");
  }
  return refs;
}

const HASH = 0x23;
const CARET = 0x5e;
const SPACE = 0x20;
