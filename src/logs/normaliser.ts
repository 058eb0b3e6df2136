import type { Stripper } from "../kernel/strip.ts";
import { buildkiteTime, escapeEnd, LONGEST_ESCAPE, UNFINISHED } from "./escapes.ts";
import { type Joint, Joints } from "./joints.ts";
import { OffsetMap } from "./offset-map.ts";
import { LONGEST_STAMP, stampAt, timeOf } from "./stamps.ts";

const LF = 0x0a;
const CR = 0x0d;
const ESC = 0x1b;

/** Bytes of a sequence that may hold a secret: what is cut out that long is read, too. */
const TELLING = 12;

/** How much of a piece was used up, and what was made of it: valid until the next piece. */
export interface Made {
  readonly used: number;
  readonly made: Buffer;
}

/**
 * Takes escape sequences and the stamps of CI systems out of a text, piece by piece, and remembers the way back. A line that
 * goes on in the next one (GitLab's `+`) is joined with it. Carriage returns stay: what they hide from a terminal is in the log.
 */
export class Normaliser {
  readonly map = new OffsetMap();
  readonly joints = new Joints();
  /** First and last time of a stamp, epoch seconds. */
  first: number | undefined;
  last: number | undefined;
  readonly #stripper: Stripper;
  /** Offsets of the next raw and the next made byte in their texts. */
  #from = 0;
  #to = 0;
  /** The byte that was made last, and what was cut out behind it. */
  #before = LF;
  #cut: string | undefined;
  /** Where what was cut out and is read, too, ended: unknown if it was more than one piece. */
  #cutEnd: number | undefined;

  constructor(stripper: Stripper) {
    this.#stripper = stripper;
  }

  get input(): Buffer {
    return this.#stripper.raw;
  }

  /** Makes of the first `length` bytes of the input what fits; `over` if no more will follow. What is not used comes again. */
  run(length: number, over: boolean): Made {
    const { raw, out } = this.#stripper;
    const end = over ? length : this.#settled(raw, length);
    let at = this.#from === 0 ? this.#start(raw, length) : 0;
    let made = 0;
    while (at < end) {
      [at, made] = this.#strip(at, end, made);
      if (at === end) break;
      if (raw[at] === ESC) {
        const next = this.#escape(raw, at, length, over, made);
        if (next === UNFINISHED) break;
        if (next === at) made = this.#copy(raw, at, ++at, out, made);
        else at = next;
      } else {
        if (!over && at + 1 + LONGEST_STAMP > length) break;
        made = this.#line(raw, at, length, out, made);
        at = this.#at;
      }
    }
    this.#from += at;
    this.#to += made;
    return { used: at, made: out.subarray(0, made) };
  }

  /** Copies text and takes plain control sequences out, up to what needs a closer look. */
  #strip(at: number, end: number, made: number): [number, number] {
    const { out } = this.#stripper;
    if (this.map.isFull || this.joints.isFull) {
      const feed = this.#stripper.raw.indexOf(LF, at);
      const stop = feed < 0 || feed > end ? end : feed;
      return [stop, stop > at ? this.#copy(this.#stripper.raw, at, stop, out, made) : made];
    }
    const state = { before: this.#before, cut: this.#cut !== undefined };
    let text = this.#cut ?? "";
    const stripped = this.#stripper.strip(at, end, made, state, (to, from, joint, stamp) => {
      this.map.add(this.#to + to, this.#from + from);
      if (stamp) this.#stamp(to, from);
      if (joint) this.joints.add(this.#joint(this.#to + to, to === made ? text : ""));
      if (joint && to === made) text = "";
    });
    if (stripped.made > made) {
      if (text) this.joints.add(this.#joint(this.#to + made, text));
      this.#before = out[stripped.made - 1]!;
      text = "";
    }
    this.#cut = stripped.pending ? text : undefined;
    return [stripped.at, stripped.made];
  }

  /** The stamp of a line that goes on at `to` stands before `from`. */
  #stamp(to: number, from: number): void {
    const { raw } = this.#stripper;
    let start = from;
    while (raw[start - 1] !== LF) start--;
    const time = timeOf(raw, start);
    if (Number.isNaN(time)) return;
    this.map.stamp(this.#to + to, time);
    this.first ??= time;
    this.last = Math.max(this.last ?? time, time);
  }

  /** Where the last call of {@link #line} got to. */
  #at = 0;

  /** The line feed at `at`, and the stamp of the line behind it. */
  #line(raw: Buffer, at: number, length: number, out: Buffer, made: number): number {
    const mark = markAt(raw, at + 1, length);
    const stamp = stampAt(raw, at + 1 + mark, length);
    const after = at + 1 + mark + (stamp?.length ?? 0);
    this.#at = after;
    if (!stamp?.continues || this.map.isFull || this.joints.isFull) {
      const next = this.#copy(raw, at, at + 1, out, made);
      if (after > at + 1) this.#leave(after, next, mark ? at + 1 + mark : undefined, 0, stamp?.time);
      return next;
    }
    const kept = made > 0 && out[made - 1] === CR ? made - 1 : made;
    if (kept < made) this.#before = kept > 0 ? out[kept - 1]! : LF;
    this.#leave(after, kept, at + 1, 1, stamp.time);
    this.#cut = "";
    return kept;
  }

  /** The escape at `at`: where what was taken out ends; `at` if nothing was. */
  #escape(raw: Buffer, at: number, length: number, over: boolean, made: number): number {
    const after = escapeEnd(raw, at, length);
    if (after === UNFINISHED) return over || length - at > LONGEST_ESCAPE ? at : UNFINISHED;
    if (after === at || this.map.isFull || this.joints.isFull) return at;
    const time = buildkiteTime(raw, at, after);
    const telling = raw[at + 1] !== 0x5b && time === undefined && after - at >= TELLING;
    if (telling) this.#cutEnd = this.#cut ? undefined : this.#from + after;
    this.#cut = (this.#cut ?? "") + (telling ? raw.toString("latin1", at, after) : "");
    this.#leave(after, made, undefined, 0, time);
    return after;
  }

  #joint(to: number, cut: string): Joint {
    return { to, cut, ...(cut !== "" && this.#cutEnd !== undefined && { end: this.#cutEnd }) };
  }

  /** Says that what stands before `after` was left out. */
  #leave(after: number, made: number, lineStart: number | undefined, feeds: number, time: number | undefined): void {
    const from = this.#from;
    this.map.add(this.#to + made, from + after, {
      lineStart: lineStart === undefined ? undefined : from + lineStart,
      feeds,
      time,
    });
    if (time === undefined) return;
    this.first ??= time;
    this.last = Math.max(this.last ?? time, time);
  }

  #copy(raw: Buffer, from: number, end: number, out: Buffer, made: number): number {
    if (this.#cut !== undefined) {
      const inside = isWord(this.#before) && isWord(raw[from]!);
      if (inside || this.#cut.length > 0) this.joints.add(this.#joint(this.#to + made, this.#cut));
      this.#cut = undefined;
    }
    raw.copy(out, made, from, end);
    this.#before = raw[end - 1]!;
    return made + end - from;
  }

  /** A text may begin with a byte order mark and a stamp. */
  #start(raw: Buffer, length: number): number {
    const mark = markAt(raw, 0, length);
    const stamp = stampAt(raw, mark, length);
    const after = mark + (stamp?.length ?? 0);
    if (after > 0) this.#leave(after, 0, mark, 0, stamp?.time);
    return after;
  }

  /** A line feed near the end waits for what follows it. */
  #settled(raw: Buffer, length: number): number {
    const feed = raw.lastIndexOf(LF, length - 1);
    return feed >= 0 && length - feed <= LONGEST_STAMP ? feed : length;
  }
}

/** GitHub begins some lines with a byte order mark. */
function markAt(raw: Buffer, at: number, length: number): number {
  return at + 3 <= length && raw[at] === 0xef && raw[at + 1] === 0xbb && raw[at + 2] === 0xbf ? 3 : 0;
}

/** Characters that tokens are made of. */
function isWord(byte: number): boolean {
  return (
    (byte >= 0x30 && byte <= 0x39) ||
    (byte >= 0x41 && byte <= 0x5a) ||
    (byte >= 0x61 && byte <= 0x7a) ||
    byte === 0x2b ||
    byte === 0x2d ||
    byte === 0x2e ||
    byte === 0x2f ||
    byte === 0x3d ||
    byte === 0x5f
  );
}
