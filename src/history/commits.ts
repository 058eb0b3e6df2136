import { Gaps } from "../git/malformed.ts";
import type { Gap } from "../model/index.ts";
import { Numbers } from "./numbers.ts";

/** Some commits of a repository without their messages, as plain arrays that can be sent to another thread. */
export interface CommitPart {
  /** The commits' ids, one after the other. */
  readonly ids: Uint8Array;
  /** By commit: the id of its tree; zeros if it names none. */
  readonly trees: Uint8Array;
  /** By commit: its first place in `parents`, with the end of the last one behind. */
  readonly starts: Float64Array;
  /** The ids of the parents, one after the other. */
  readonly parents: Uint8Array;
  /** By commit, two numbers: when it was written and when it was committed, in seconds since 1970; NaN where that cannot be read. */
  readonly times: Float64Array;
  /** By commit: its author, a place in `authors`. */
  readonly by: Float64Array;
  /** Names and addresses as written, each once. */
  readonly authors: readonly Buffer[];
}

/** Commits that were read, and what could not be. */
export interface FoundCommits {
  readonly part: CommitPart;
  readonly gaps: readonly Gap[];
}

const NO_COMMIT = "the commit is broken: it names no tree";
const NEWLINE = 0x0a;
const CLOSE = 0x3e;
const SPACE = 0x20;
const MINUS = 0x2d;
const LONGEST_NAME = 256;

/** Gathers commits. Only the lines that must stand first are read: tree, parents, author, committer (git-commit-tree(1)). */
export class CommitGatherer {
  readonly gaps = new Gaps();
  readonly #idSize: number;
  readonly #ids: Bytes;
  readonly #trees: Bytes;
  readonly #parents: Bytes;
  readonly #starts = new Numbers();
  readonly #times = new Numbers();
  readonly #by = new Numbers();
  readonly #authors = new Map<string, number>();

  constructor(idSize: number) {
    this.#idSize = idSize;
    this.#ids = new Bytes(idSize);
    this.#trees = new Bytes(idSize);
    this.#parents = new Bytes(idSize);
    this.#starts.push(0);
  }

  add(id: Uint8Array, content: Buffer): void {
    const digits = 2 * this.#idSize;
    const tree = this.#trees.next();
    let at = 0;
    if (!startsWith(content, at, "tree ") || !readHex(content, 5, tree)) {
      tree.fill(0);
      this.gaps.add(Buffer.from(id).toString("hex"), NO_COMMIT);
    } else at = 6 + digits;
    this.#ids.next().set(id);
    for (; startsWith(content, at, "parent "); at += 8 + digits) {
      if (!readHex(content, at + 7, this.#parents.next())) {
        this.#parents.drop();
        break;
      }
    }
    this.#starts.push(this.#parents.count);
    at = this.#signature(content, at, "author ");
    this.#signature(content, at, "committer ");
  }

  end(): FoundCommits {
    const part: CommitPart = {
      ids: this.#ids.all(),
      trees: this.#trees.all(),
      parents: this.#parents.all(),
      starts: this.#starts.all(),
      times: this.#times.all(),
      by: this.#by.all(),
      authors: [...this.#authors.keys()].map((name) => Buffer.from(name, "latin1")),
    };
    return { part, gaps: this.gaps.all() };
  }

  /** Reads `WORD NAME <ADDRESS> SECONDS ZONE`; gives where the next line begins. */
  #signature(content: Buffer, at: number, word: string): number {
    if (!startsWith(content, at, word)) {
      if (word === "author ") this.#by.push(this.#author(""));
      this.#times.push(Number.NaN);
      return at;
    }
    const found = content.indexOf(NEWLINE, at);
    const end = found < 0 ? content.length : found;
    let close = end - 1;
    while (close > at && content[close] !== CLOSE) close--;
    const start = at + word.length;
    if (word === "author ")
      this.#by.push(this.#author(content.toString("latin1", start, Math.min(close + 1, start + LONGEST_NAME))));
    this.#times.push(close > at ? readSeconds(content, close + 1, end) : Number.NaN);
    return end + 1;
  }

  #author(name: string): number {
    const known = this.#authors.get(name) ?? this.#authors.size;
    if (known === this.#authors.size) this.#authors.set(name, known);
    return known;
  }
}

/** Pieces of one size, one after the other, as many as come. */
class Bytes {
  readonly #size: number;
  #bytes: Uint8Array;
  #used = 0;

  constructor(size: number) {
    this.#size = size;
    this.#bytes = new Uint8Array(size << 10);
  }

  get count(): number {
    return this.#used / this.#size;
  }

  next(): Uint8Array {
    if (this.#used === this.#bytes.length) {
      const more = new Uint8Array(this.#bytes.length * 2);
      more.set(this.#bytes);
      this.#bytes = more;
    }
    this.#used += this.#size;
    return this.#bytes.subarray(this.#used - this.#size, this.#used);
  }

  drop(): void {
    this.#used -= this.#size;
  }

  all(): Uint8Array {
    return this.#bytes.slice(0, this.#used);
  }
}

function startsWith(content: Buffer, at: number, word: string): boolean {
  for (let i = 0; i < word.length; i++) if (content[at + i] !== word.charCodeAt(i)) return false;
  return true;
}

/** Reads as many bytes as there is room for from digits in lower case; false if there are others. */
function readHex(content: Buffer, at: number, into: Uint8Array): boolean {
  if (at + 2 * into.length > content.length) return false;
  let all = 0;
  for (let i = 0; i < into.length; i++, at += 2) {
    const value = (DIGITS[content[at]!]! << 4) | DIGITS[content[at + 1]!]!;
    all |= value;
    into[i] = value;
  }
  return all >= 0;
}

/** By character: the digit, or a negative number. */
const DIGITS = Int8Array.from({ length: 256 }, (_, code) => {
  const digit = "0123456789abcdef".indexOf(String.fromCharCode(code));
  return digit;
});

function readSeconds(content: Buffer, from: number, end: number): number {
  let at = from;
  while (at < end && content[at] === SPACE) at++;
  const isNegative = content[at] === MINUS;
  if (isNegative) at++;
  const start = at;
  let seconds = 0;
  for (; at < end && at < start + 16; at++) {
    const digit = content[at]! - 0x30;
    if (digit < 0 || digit > 9) break;
    seconds = seconds * 10 + digit;
  }
  return at === start || at === start + 16 ? Number.NaN : isNegative ? -seconds : seconds;
}
