import { isUtf8 } from "node:buffer";
import type { Kernel, Room } from "../kernel/kernel.ts";
import type { Region } from "../model/index.ts";

const LINE_FEED = 10;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** Turns offsets in a room into lines and columns of the whole text, also when the text passes through the room in pieces. */
export class Locator {
  readonly #kernel: Kernel;
  readonly #room: Room;
  /** Line feeds, and UTF-16 units since the last of them, before the room's first byte. */
  #lines = 0;
  #units = 0;
  #atStart = true;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.#room = kernel.block;
  }

  region(start: number, end: number): Region {
    const from = this.#place(start);
    const to = this.#place(end);
    return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
  }

  /** The first `bytes` of the room are about to leave it. */
  advance(bytes: number): void {
    const { line, column } = this.#place(bytes);
    this.#lines = line - 1;
    this.#units = column - 1;
    this.#atStart = false;
  }

  #place(offset: number): { line: number; column: number } {
    const bytes = this.#room.bytes;
    const feed = offset > 0 ? bytes.lastIndexOf(LINE_FEED, offset - 1) : -1;
    const line = 1 + this.#lines + this.#kernel.countLines(this.#room, 0, offset);
    const from =
      feed < 0 && this.#atStart && bytes.subarray(0, 3).equals(BYTE_ORDER_MARK) ? Math.min(3, offset) : feed + 1;
    const units = isUtf8(bytes.subarray(from, offset))
      ? this.#kernel.countUtf16(this.#room, from, offset)
      : offset - from;
    return { line, column: 1 + units + (feed < 0 ? this.#units : 0) };
  }
}
