import { type Read } from "./blocks.ts";
/** Reads pieces as they come; undefined ends them. Pauses when something has waited for {@link PATIENCE}. */
export declare function live(next: () => Promise<Buffer | undefined>): Read;
/** A text in pieces, from its start; to be gone through once. */
export type Pieces = AsyncIterable<Buffer> | Iterable<Buffer>;
/** Reads pieces as they are asked for; `seen` hears of each. */
export declare function pulled(data: Pieces, seen: (bytes: number) => void): Read;
/** Gives what was read already, then what `read` still gives. */
export declare function replay(start: Buffer, read: Read): Read;
/** Everything that `read` gives, in pieces. */
export declare function piecesFrom(read: Read): AsyncGenerator<Buffer>;
