import type { Made } from "./normaliser.ts";
import { OffsetMap } from "./offset-map.ts";

/** Most raw bytes that come at once. */
export const PIECE = 256 * 1024;

const LF = 0x0a;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Longest text between two messages. */
const BETWEEN = 512;

/** Fields of a step's output beside its message. */
const FIELD = /"(?:time|type|truncated|truncation_token)"\s{0,8}:\s{0,8}(?:"[^"\\\n]{0,64}"|[a-z0-9]{1,12})/.source;

/** What stands between two messages: the rest of one object, the beginning of the next one. */
const NEXT = new RegExp(
  `^"\\s{0,40}(?:,\\s{0,40}${FIELD}\\s{0,40}){0,4}\\}\\s{0,40},\\s{0,40}\\{\\s{0,40}(?:${FIELD}\\s{0,40},\\s{0,40}){0,4}"message"\\s{0,8}:\\s{0,8}"`,
);
/** What stands after the last message. */
const END = new RegExp(`^"\\s{0,40}(?:,\\s{0,40}${FIELD}\\s{0,40}){1,4}\\}\\s{0,40}\\]`);
const TIME = /"time"\s{0,8}:\s{0,8}"([^"\\\n]{20,40})"/;

/** Whether a text is the output of a CircleCI step: a JSON array of messages with their times. */
export function isMessages(head: string): boolean {
  return /^\s*\[\s*\{\s*"(?:message|time|type|truncated|truncation_token)"\s*:/.test(head);
}

/**
 * Reads the output of a CircleCI step as what was printed: escapes of JSON become what they stand for, and one message
 * follows the other, since output is cut into messages wherever it paused. All other text stays.
 */
export class Messages {
  readonly map = new OffsetMap();
  first: number | undefined;
  last: number | undefined;
  #from = 0;
  #to = 0;
  #inString = false;

  readonly input = Buffer.allocUnsafe(2 * PIECE);
  readonly #out = Buffer.allocUnsafe(2 * PIECE);

  /** Makes of the first `length` bytes of the input what fits; `over` if no more will follow. */
  run(length: number, over: boolean): Made {
    const raw = this.input;
    const out = this.#out;
    let at = 0;
    let made = 0;
    while (at < length) {
      const byte = raw[at]!;
      if (byte !== QUOTE && byte !== BACKSLASH && byte !== LF) {
        out[made++] = byte;
        at++;
        continue;
      }
      if (!over && byte !== LF && length - at < BETWEEN) break;
      if (byte === QUOTE) {
        const skip = this.#inString && !this.map.isFull ? this.#between(raw, at, length, made) : 0;
        if (skip === 0) {
          this.#inString = !this.#inString;
          out[made++] = byte;
          at++;
        }
        at += skip;
      } else if (byte === LF) {
        out[made++] = byte;
        at++;
        if (!this.map.isFull) this.map.add(this.#to + made, this.#from + at, { lineStart: this.#from + at });
      } else {
        const { size, text } = this.map.isFull ? PLAIN : escapeAt(raw, at);
        made += text.copy(out, made);
        at += size;
        if (size !== text.length) this.map.add(this.#to + made, this.#from + at, { feeds: text[0] === LF ? -1 : 0 });
      }
    }
    this.#from += at;
    this.#to += made;
    return { used: at, made: out.subarray(0, made) };
  }

  /** Bytes from the end of a message to the start of the next one; 0 if there is none. */
  #between(raw: Buffer, at: number, length: number, made: number): number {
    const text = raw.toString("latin1", at, Math.min(length, at + BETWEEN));
    const found = NEXT.exec(text)?.[0];
    if (!found) {
      this.#heard(timeIn(END.exec(text)?.[0]));
      return 0;
    }
    const feeds = found.split("\n").length - 1;
    const time = timeIn(found);
    const known = Number.isFinite(time);
    this.map.add(this.#to + made, this.#from + at + found.length, {
      ...(feeds > 0 && { lineStart: this.#from + at + found.lastIndexOf("\n") + 1, feeds }),
      ...(known && { time }),
    });
    this.#heard(time);
    return found.length;
  }

  #heard(time: number): void {
    if (!Number.isFinite(time)) return;
    this.first ??= time;
    this.last = Math.max(this.last ?? time, time);
  }
}

/** Epoch seconds of a message's time; not a number where there is none. */
const timeIn = (text: string | undefined): number => Date.parse(TIME.exec(text ?? "")?.[1] ?? "") / 1000;

const PLAIN = { size: 1, text: Buffer.from("\\") };
const SHORT: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  b: "\b",
  f: "\f",
  '"': '"',
  "\\": "\\",
  "/": "/",
};

/** An escape of JSON (RFC 8259, 7) and what it stands for; what is none stands for itself. */
function escapeAt(raw: Buffer, at: number): { readonly size: number; readonly text: Buffer } {
  const letter = String.fromCharCode(raw[at + 1] ?? 0);
  if (letter !== "u") return SHORT[letter] ? { size: 2, text: Buffer.from(SHORT[letter]) } : PLAIN;
  const found = /^\\u([0-9a-fA-F]{4})(?:\\u([dD][c-fC-F][0-9a-fA-F]{2}))?/.exec(raw.toString("latin1", at, at + 12));
  if (!found) return PLAIN;
  const unit = Number.parseInt(found[1]!, 16);
  const high = unit >= 0xd800 && unit < 0xdc00;
  if (high && found[2])
    return { size: 12, text: Buffer.from(String.fromCharCode(unit, Number.parseInt(found[2], 16))) };
  return unit >= 0xd800 && unit < 0xe000 ? PLAIN : { size: 6, text: Buffer.from(String.fromCharCode(unit)) };
}
