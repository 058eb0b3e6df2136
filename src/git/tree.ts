const SPACE = 0x20;
const ZERO = 0x30;

/** Modes of tree entries that are no plain file: a folder, a link, a submodule's commit (gitformat-index(5), "mode"). */
export const FOLDER = 0o040000;
export const LINK = 0o120000;
export const SUBMODULE = 0o160000;

/**
 * Goes through the entries of a tree object (`MODE NAME NUL ID`, git's "tree objects") where they stand in some bytes; each
 * `next` fills the fields anew, so that nothing is allocated for an entry.
 */
export class TreeCursor {
  /** Where the entry begins. */
  start = 0;
  /** The file's mode, as in `0o100644`. */
  mode = 0;
  nameStart = 0;
  nameEnd = 0;
  idStart = 0;
  /** What ended the walk before the end of the tree. */
  flaw: string | undefined;
  readonly #bytes: Uint8Array;
  readonly #idSize: number;
  readonly #end: number;
  #at: number;

  constructor(bytes: Uint8Array, idSize: number, start = 0, end = bytes.length) {
    this.#bytes = bytes;
    this.#idSize = idSize;
    this.#at = start;
    this.#end = Math.min(end, bytes.length);
  }

  /** Moves to the next entry; false at the end, or where the tree is broken. */
  next(): boolean {
    const bytes = this.#bytes;
    let at = this.#at;
    if (at >= this.#end) return false;
    let mode = 0;
    for (; at < this.#end && bytes[at] !== SPACE; at++) {
      const digit = bytes[at]! - ZERO;
      if (digit < 0 || digit > 7 || mode > 0o777777) return this.#stop("an entry of the tree has no mode");
      mode = mode * 8 + digit;
    }
    const nameStart = at + 1;
    let nameEnd = nameStart;
    while (nameEnd < this.#end && bytes[nameEnd] !== 0) nameEnd++;
    if (nameEnd <= nameStart) return this.#stop("an entry of the tree has no name");
    if (nameEnd + 1 + this.#idSize > this.#end) return this.#stop("the tree ends within an entry");
    this.start = this.#at;
    this.mode = mode;
    this.nameStart = nameStart;
    this.nameEnd = nameEnd;
    this.idStart = nameEnd + 1;
    this.#at = this.idStart + this.#idSize;
    return true;
  }

  /** Moves to the entry that begins at a place, as far as one does. */
  moveTo(at: number): boolean {
    this.#at = at;
    return this.next();
  }

  #stop(flaw: string): false {
    this.flaw = flaw;
    this.#at = this.#end;
    return false;
  }
}
