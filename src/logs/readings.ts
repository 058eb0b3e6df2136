import type { Joint } from "./joints.ts";

/** A text as it may be read, too, with the way back from each of its bytes. */
export interface Reading {
  readonly bytes: Buffer;
  /** Offsets in the room of the bytes [from, to). */
  span(from: number, to: number): { readonly start: number; readonly end: number; readonly apart?: true };
}

const LF = 0x0a;
const ESC = "\x1b";
/** How much of a line is read around a joint. */
const AROUND = 4096;
/** Longest reading. */
export const MOST = 512 * 1024;

/**
 * Lines in which something was cut out of a word, with the cut as a border: `ghp_…` followed at once by a colour and a letter
 * is a token on a terminal only if the colour counts. What was cut out is read, too, if it is long. `joints` are offsets in the room.
 */
export function readingsOf(room: Buffer, length: number, joints: readonly Joint[]): Reading[] {
  const readings: Reading[] = [];
  let writer = new Writer();
  for (let i = 0; i < joints.length; ) {
    const first = joints[i]!.to;
    const start = lineStart(room, first);
    let end = lineEnd(room, first, length);
    let last = i + 1;
    for (; last < joints.length && joints[last]!.to <= end; last++) end = lineEnd(room, joints[last]!.to, length);
    for (let piece = i, at = start; at < end; piece++) {
      const stop = piece < last ? joints[piece]!.to : end;
      writer.copy(room.toString("latin1", at, stop), at);
      if (piece < last) writer.put(`${ESC}${joints[piece]!.cut}${ESC}`, stop);
      at = stop;
      if (piece >= last) break;
    }
    writer.put("\n", end);
    i = last;
    if (writer.size < MOST && i < joints.length) continue;
    readings.push(writer.reading());
    writer = new Writer();
  }
  return readings;
}

function lineStart(room: Buffer, at: number): number {
  const least = Math.max(0, at - AROUND);
  return least + room.subarray(least, at).lastIndexOf(LF) + 1;
}

function lineEnd(room: Buffer, at: number, length: number): number {
  const most = Math.min(length, at + AROUND);
  const feed = room.subarray(at, most).indexOf(LF);
  return feed < 0 ? most : at + feed;
}

/** Puts a reading together from pieces. */
export class Writer {
  readonly #texts: string[] = [];
  /** Where pieces start in the reading and in the room; what was put in has no length there. */
  readonly #starts: number[] = [];
  readonly #from: number[] = [];
  readonly #flat: boolean[] = [];
  size = 0;

  copy(text: string, from: number): void {
    this.#add(text, from, false);
  }

  put(text: string, from: number): void {
    this.#add(text, from, true);
  }

  #add(text: string, from: number, flat: boolean): void {
    this.#texts.push(text);
    this.#starts.push(this.size);
    this.#from.push(from);
    this.#flat.push(flat);
    this.size += text.length;
  }

  reading(): Reading {
    const pieceAt = (at: number): number => {
      let low = 0;
      let high = this.#starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (this.#starts[middle]! <= at) low = middle;
        else high = middle - 1;
      }
      return low;
    };
    return {
      bytes: Buffer.from(this.#texts.join(""), "latin1"),
      span: (from, to) => {
        const [first, last] = [pieceAt(from), pieceAt(Math.max(from, to - 1))];
        const start = this.#from[first]! + (this.#flat[first] ? 0 : from - this.#starts[first]!);
        const end = this.#flat[last] ? start : this.#from[last]! + to - this.#starts[last]!;
        return { start, end: Math.max(start, end), ...(this.#flat[first] && { apart: true as const }) };
      },
    };
  }
}
