import type { BlobId, Provenance } from "../model/index.ts";
import { textDecoder, utf16 } from "./encoding.ts";
import type { Opened } from "./unit.ts";

/** Bytes at the end of a chunk whose candidates wait for the next one, so that every match has its whole text before it. */
const AHEAD = 160 * 1024;
/** Bytes kept in front of the first fresh candidate: what looks back finds its line there. */
export const BEHIND = 16 * 1024;

/** Fills `into` and says how many bytes it wrote; 0 at the end. */
export type Read = (into: Buffer) => number | Promise<number>;

/** Where opened text goes. A chunk is valid until the call returns. */
export type Visit = (item: Opened) => void;

/** A text and the room it is put in. */
export interface Target {
  readonly room: Buffer;
  readonly size: number;
  readonly visit: Visit;
}

/** Reads a blob of any length through one room, in overlapping chunks; UTF-16 is turned into UTF-8 on the way. */
export function blocks(target: Target, read: Read, blob: BlobId, provenance: Provenance): void | Promise<void> {
  return drive(chunks(target, read, blob, provenance));
}

/** Goes through a text whose beginning, `filled` bytes, stands in the room already; `whole` says that this is all of it. */
export function blocksFrom(
  target: Target,
  filled: number,
  whole: boolean,
  read: Read,
  blob: BlobId,
  provenance: Provenance,
): void | Promise<void> {
  return drive(chunks(target, read, blob, provenance, filled, whole));
}

type Steps<T> = Generator<number | Promise<number>, T, number>;

function* chunks(
  { room, size, visit }: Target,
  read: Read,
  blob: BlobId,
  provenance: Provenance,
  already = 0,
  whole = false,
): Steps<void> {
  const input: Input = { read };
  let filled = whole ? already : yield* fill(room, already, size, input);
  const encoding = utf16(room, Math.min(filled, 4096));
  if (encoding) {
    const { fault } = input;
    input.read = textDecoder(room.subarray(0, filled), whole || fault ? () => 0 : read, encoding);
    filled = yield* fill(room, 0, size, input);
    input.fault ??= fault;
  }
  let offset = 0;
  let fresh = 0;
  for (let first = true; ; first = false) {
    const last = filled < size;
    const end = last ? Number.POSITIVE_INFINITY : characterAt(room, filled - AHEAD - BEHIND) + BEHIND;
    visit({ type: "chunk", blob, provenance, length: filled, offset, fresh: { start: fresh, end }, first, last });
    if (last) break;
    const keep = end - BEHIND;
    room.copyWithin(0, keep, filled);
    offset += keep;
    fresh = end - keep;
    filled = yield* fill(room, filled - keep, size, input);
  }
  if (input.fault) throw input.fault.error;
}

/** The start of the UTF-8 character that a byte is part of: a chunk that began inside one would have no columns. */
function characterAt(room: Buffer, at: number): number {
  for (let start = at; start > at - 4; start--) if ((room[start]! & 0xc0) !== 0x80) return start;
  return at;
}

/** A text that is being read, and what broke it off: what came before that is looked at all the same. */
interface Input {
  read: Read;
  fault?: { readonly error: unknown } | undefined;
}

/** Reads until the room is full or the input ends; returns how much stands in the room. */
function* fill(room: Buffer, from: number, size: number, input: Input): Steps<number> {
  let filled = from;
  try {
    while (filled < size && !input.fault) {
      const got = yield input.read(room.subarray(filled, size));
      if (got === 0) break;
      filled += got;
    }
  } catch (error) {
    input.fault = { error };
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
