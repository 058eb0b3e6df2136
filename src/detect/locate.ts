import { isUtf8 } from "node:buffer";
import type { Kernel } from "../kernel/kernel.ts";
import type { Room } from "../kernel/room.ts";
import type { Region } from "../model/index.ts";

const LINE_FEED = 10;
/** Line feeds are summed up every so many bytes. */
const STEP = 16_384;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** A place in a room: line feeds before it, and UTF-16 units between the last of them (or the room's start) and it. */
interface Place {
  readonly offset: number;
  readonly lines: number;
  readonly units: number;
}

/** Turns offsets in a room into lines and columns of the whole text, also when the text passes through the room in pieces. */
export class Locator {
  readonly #kernel: Kernel;
  readonly #room: Pick<Room, "base" | "bytes">;
  /** Of the room's first byte in the whole text. */
  #origin: Place = { offset: 0, lines: 0, units: 0 };
  /** The place found last. Matches come in order of a few kinds, so each byte of a line is counted a few times, however long it is. */
  #last: Place = this.#origin;
  /** Line feeds in the room before each step, as far as known. */
  #feeds: number[] = [0];
  #atStart = true;

  constructor(kernel: Kernel, room: Pick<Room, "base" | "bytes"> = kernel.block) {
    this.#kernel = kernel;
    this.#room = room;
  }

  region(start: number, end: number): Region {
    const from = this.#place(start);
    const to = this.#place(end);
    return { line: 1 + from.lines, column: 1 + from.units, endLine: 1 + to.lines, endColumn: 1 + to.units };
  }

  /** The first `bytes` of the room are about to leave it. */
  advance(bytes: number): void {
    this.#origin = { ...this.#place(bytes), offset: 0 };
    this.#last = this.#origin;
    this.#feeds = [0];
    this.#atStart = false;
  }

  #place(offset: number): Place {
    const last = this.#last.offset <= offset ? this.#last : this.#origin;
    const near = offset - last.offset < STEP;
    const feeds = near
      ? this.#kernel.countLines(this.#room, last.offset, offset)
      : this.#origin.lines + this.#feedsBefore(offset) - last.lines;
    this.#last = {
      offset,
      lines: last.lines + feeds,
      units: feeds
        ? this.#units(this.#room.bytes.lastIndexOf(LINE_FEED, offset - 1) + 1, offset)
        : last.units + this.#units(this.#afterMark(last.offset, offset), offset),
    };
    return this.#last;
  }

  #feedsBefore(offset: number): number {
    const step = Math.floor(offset / STEP);
    for (let known = this.#feeds.length - 1; known < step; known++)
      this.#feeds.push(this.#feeds[known]! + this.#kernel.countLines(this.#room, known * STEP, (known + 1) * STEP));
    return this.#feeds[step]! + this.#kernel.countLines(this.#room, step * STEP, offset);
  }

  /** A byte order mark is no column. */
  #afterMark(from: number, to: number): number {
    const marked = from === 0 && this.#atStart && this.#room.bytes.subarray(0, 3).equals(BYTE_ORDER_MARK);
    return marked ? Math.min(3, to) : from;
  }

  #units(from: number, to: number): number {
    return isUtf8(this.#room.bytes.subarray(from, to)) ? this.#kernel.countUtf16(this.#room, from, to) : to - from;
  }
}
