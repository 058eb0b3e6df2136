import { lineHashes, lineHashesOf } from "../detect/line-hash.ts";
import type { Text } from "../detect/matcher.ts";
import type { Chunk } from "../sources/unit.ts";
import type { RawMatch } from "./raw.ts";

/** GitHub takes no file over 100 MB, so nobody asks for the hashes of its lines. */
const MOST = 100 << 20;

/** The matches of a file with GitHub's line hashes. One that did not fit into the room is read again, up to its last match. */
export function withHashes(matches: readonly RawMatch[], chunk: Chunk, text: Text): readonly RawMatch[] {
  const { again, first, decoded } = chunk;
  if (!again || matches.length === 0 || chunk.offset > MOST) return matches;
  const lines = new Set(matches.map((match) => match.region.line));
  const inRoom = first && !decoded;
  const hashes = inRoom ? lineHashes(text.bytes.subarray(0, text.length), lines) : lineHashesOf(again, lines);
  return matches.map((match) => {
    const lineHash = hashes.get(match.region.line);
    return lineHash ? { ...match, lineHash } : match;
  });
}
