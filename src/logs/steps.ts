import type { LogSystem } from "../model/index.ts";

/** What a line of a log says of steps: one begins, one ends, and when. */
interface Mark {
  /** A piece of it that is rare and short, so that looking for it is fast, and how far into the mark it stands. */
  readonly needle: string;
  readonly into: number;
  readonly pattern: RegExp;
}

/** Marks of steps by system; groups are `start`, `end` and `time` (seconds, milliseconds or nanoseconds). */
const MARKS: Readonly<Partial<Record<LogSystem, readonly Mark[]>>> = {
  github: [{ needle: "##[g", into: 0, pattern: /^##\[group\](?<start>Run [^\r\n]{1,120})/ }],
  azure: [
    {
      needle: "##[s",
      into: 0,
      pattern: /^##\[section\](?:Starting: (?<start>[^\r\n]{1,120})|Finishing: (?<end>[^\r\n]{1,120}))/,
    },
  ],
  gitlab: [
    { needle: "_start:", into: 7, pattern: /^section_start:(?<time>\d{6,12}):(?<start>[\w.-]{1,120})/ },
    { needle: "_end:", into: 7, pattern: /^section_end:(?<time>\d{6,12}):(?<end>[\w.-]{1,120})/ },
  ],
  travis: [
    {
      needle: "vis_",
      into: 3,
      pattern:
        /^travis_(?:fold:(?:start:(?<start>[\w.-]{1,120})|end:(?<end>[\w.-]{1,120}))|time:end:[0-9a-f]{1,16}:start=\d{1,20},finish=(?<time>\d{19}))/,
    },
  ],
  jenkins: [{ needle: "] { (", into: 9, pattern: /^\[Pipeline\] \{ \((?<start>[^\r\n)]{1,120})\)/ }],
  buildkite: ["--- ", "+++ ", "~~~ "].map((needle) => ({
    needle,
    into: 1,
    pattern: /^\n?(?:---|\+\+\+|~~~) (?<start>[^\r\n]{1,120})/,
  })),
};

/** Systems whose steps stand one in another. */
const NESTED = new Set<LogSystem>(["gitlab", "travis"]);
const DEEPEST = 64;

/** Longest mark. */
const MARK = 256;

/** Which step a place of a log stands in. Marks are read in order, up to the place that is asked for. */
export class Steps {
  readonly #marks: readonly Mark[];
  readonly #nested: boolean;
  /** Where each mark stands next in the room, as far as known. */
  #next: number[] = [];
  #at = 0;
  #open: string[] = [];
  first: number | undefined;
  last: number | undefined;
  /** The last time that was read, and the room's offset behind it. */
  time: number | undefined;
  timed = -1;

  constructor(system: LogSystem) {
    this.#marks = MARKS[system] ?? [];
    this.#nested = NESTED.has(system);
  }

  /** The innermost step at `offset`; offsets are asked for in order. */
  at(room: Buffer, length: number, offset: number): string | undefined {
    this.#read(room, length, offset);
    return this.#open.at(-1);
  }

  /** The first `bytes` of the room are about to leave it. */
  advance(room: Buffer, length: number, bytes: number): void {
    this.#read(room, length, bytes);
    this.#at = Math.max(0, this.#at - bytes);
    this.timed = Math.max(-1, this.timed - bytes);
    this.#next = [];
  }

  #read(room: Buffer, length: number, stop: number): void {
    for (;;) {
      const [at, mark] = this.#nearest(room, length);
      if (at >= stop || !mark) break;
      this.#at = at + mark.needle.length;
      const begin = Math.max(0, at - mark.into);
      const groups = mark.pattern.exec(room.toString("latin1", begin, Math.min(length, begin + MARK)))?.groups;
      if (groups) this.#take(groups, at);
    }
    this.#at = Math.max(this.#at, stop);
  }

  #nearest(room: Buffer, length: number): [number, Mark | undefined] {
    let best: [number, Mark | undefined] = [Number.POSITIVE_INFINITY, undefined];
    for (const [i, mark] of this.#marks.entries()) {
      let at = this.#next[i] ?? -1;
      if (at < this.#at) {
        const found = room.indexOf(mark.needle, this.#at, "latin1");
        at = found < 0 || found >= length ? Number.POSITIVE_INFINITY : found;
        this.#next[i] = at;
      }
      if (at < best[0]) best = [at, mark];
    }
    return best;
  }

  #take(groups: Record<string, string | undefined>, at: number): void {
    const { start, end, time } = groups;
    if (time) {
      this.time = Number(time.slice(0, 10));
      this.timed = at;
      this.first ??= this.time;
      this.last = Math.max(this.last ?? this.time, this.time);
    }
    if (start !== undefined) {
      if (!this.#nested) this.#open = [named(start)];
      else if (this.#open.length < DEEPEST) this.#open.push(named(start));
    } else if (end !== undefined) {
      const depth = this.#open.lastIndexOf(named(end));
      if (depth >= 0) this.#open.length = depth;
    }
  }
}

/** A step's title as UTF-8. */
const named = (title: string): string => Buffer.from(title, "latin1").toString("utf8").trim();
