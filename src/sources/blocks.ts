import type { Log } from "../logs/log.ts";
import type { BlobId, Provenance } from "../model/index.ts";
import { textDecoder, utf16 } from "./encoding.ts";
import { logText } from "./log-text.ts";
import { shownAs } from "./shown.ts";
import type { Opened } from "./unit.ts";

/** Bytes at the end of a chunk whose candidates wait for the next one, so that every match has its whole text before it. */
const AHEAD = 160 * 1024;
/** Bytes kept in front of the first fresh candidate: what looks back finds its line there. */
export const BEHIND = 16 * 1024;
/** Bytes that tell how a text is encoded. */
const HEAD = 4096;
/** Most bytes of a stream that are looked at again whenever it pauses. */
const AGAIN = 2 * (AHEAD + BEHIND);

/** Fills `into` and says how many bytes it wrote; 0 at the end, {@link PAUSE} when what came until now is to be looked at. */
export type Read = (into: Buffer) => number | Promise<number>;

/** Said by a stream that has waited long enough for more; the next read waits until there is some. */
export const PAUSE = -1;

/** Where opened text goes. A chunk is valid until the call returns. */
export type Visit = (item: Opened) => void;

/** A text and the room it is put in. */
export interface Target {
  readonly room: Buffer;
  readonly size: number;
  readonly visit: Visit;
  /** Set where texts are read as CI logs. */
  readonly openLog?: ((path: string) => Log) | undefined;
}

/** A text that is being opened. */
export interface Text {
  readonly read: Read;
  readonly blob: BlobId;
  readonly provenance: Provenance;
  /** Bytes of it that stand in the room already. */
  readonly filled?: number;
  /** That those are all of it. */
  readonly whole?: boolean;
  /** Its bytes once more from the start, where they can be had. */
  readonly again?: () => Iterable<Uint8Array>;
}

/** Reads a text of any length through one room, in overlapping chunks; UTF-16 is turned into UTF-8 on the way. */
export function blocks(target: Target, text: Text): void | Promise<void> {
  return drive(chunks(target, text));
}

type Steps<T> = Generator<number | Promise<number>, T, number>;

function* chunks({ room, size, visit, openLog }: Target, text: Text): Steps<void> {
  const { blob, provenance, again } = text;
  const input: Input = { read: text.read, over: text.whole ?? false, paused: false };
  let filled = yield* fill(room, text.filled ?? 0, HEAD, input);
  const wide = decode(room, filled, input);
  if (wide) filled = 0;
  const log = openLog?.(shownAs(provenance));
  if (log) readAsLog(log, room, filled, input);
  if (log) filled = 0;
  const decoded = wide || log !== undefined;
  let [offset, start, said] = [0, 0, 0];
  let first = true;
  const show = (end: number, more: { readonly last?: true; readonly early?: true }) => {
    const chunk = { offset, fresh: { start, end }, first, last: false, early: false, decoded, ...more };
    visit({ type: "chunk", blob, provenance, length: filled, ...(again && { again }), ...(log && { log }), ...chunk });
    first = false;
  };
  while (!input.over) {
    filled = yield* fill(room, filled, size, input);
    if (filled === size || (input.paused && filled > AGAIN)) {
      const end = characterAt(room, filled - AHEAD - BEHIND) + BEHIND;
      show(end, {});
      const kept = end - BEHIND;
      room.copyWithin(0, kept, filled);
      [offset, start, said, filled] = [offset + kept, end - kept, Math.max(0, said - kept), filled - kept];
    }
    if (!input.paused) continue;
    input.paused = false;
    const lines = filled > 0 ? room.lastIndexOf(LINE_FEED, filled - 1) + 1 : 0;
    if (lines > said) show(lines, { early: true });
    said = lines;
  }
  show(Number.POSITIVE_INFINITY, { last: true });
  if (input.fault) throw input.fault.error;
}

const LINE_FEED = 10;

/** Has UTF-16 read as UTF-8 from now on, and says whether it is UTF-16. */
function decode(room: Buffer, filled: number, input: Input): boolean {
  const encoding = utf16(room, Math.min(filled, HEAD));
  if (!encoding) return false;
  const { read, over, paused } = input;
  input.read = textDecoder(room.subarray(0, filled), over ? () => 0 : read, encoding, paused);
  input.over = false;
  input.paused = false;
  return true;
}

/** Has a log read as the text that is scanned of it from now on. */
function readAsLog(log: Log, room: Buffer, filled: number, input: Input): void {
  const { read, over } = input;
  input.read = logText(log, Buffer.from(room.subarray(0, filled)), over ? () => 0 : read);
  input.over = false;
}

/** The start of the UTF-8 character that a byte is part of: a chunk that began inside one would have no columns. */
function characterAt(room: Buffer, at: number): number {
  for (let start = at; start > at - 4; start--) if ((room[start]! & 0xc0) !== 0x80) return start;
  return at;
}

/** A text that is being read, and what broke it off: what came before that is looked at all the same. */
interface Input {
  read: Read;
  over: boolean;
  paused: boolean;
  fault?: { readonly error: unknown };
}

/** Reads until the room is full, the input ends or pauses; returns how much stands in the room. */
function* fill(room: Buffer, from: number, size: number, input: Input): Steps<number> {
  let filled = from;
  try {
    while (filled < size && !input.over && !input.paused) {
      const got = yield input.read(room.subarray(filled, size));
      if (got === PAUSE) input.paused = true;
      else if (got === 0) input.over = true;
      else filled += got;
    }
  } catch (error) {
    input.fault = { error };
    input.over = true;
  }
  return filled;
}

/** Runs steps to their end, waiting only where there is something to wait for: most files are read without a pause. */
function drive(steps: Steps<void>): void | Promise<void> {
  for (let step = steps.next(0); !step.done; step = steps.next(step.value)) {
    if (typeof step.value !== "number") return wait(steps, step.value);
  }
}

/** The same from the first pause on. */
async function wait(steps: Steps<void>, first: Promise<number>): Promise<void> {
  let pending: number | Promise<number> = first;
  for (;;) {
    const step: IteratorResult<number | Promise<number>, void> = await Promise.resolve(pending).then(
      (got) => steps.next(got),
      (error) => steps.throw(error),
    );
    if (step.done) return;
    pending = step.value;
  }
}
