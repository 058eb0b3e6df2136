import type { Text } from "../detect/matcher.ts";
import type { Chunk } from "../sources/unit.ts";
import type { RawMatch } from "./raw.ts";
/** The matches of a file with GitHub's line hashes. One that did not fit into the room is read again, up to its last match. */
export declare function withHashes(matches: readonly RawMatch[], chunk: Chunk, text: Text): readonly RawMatch[];
