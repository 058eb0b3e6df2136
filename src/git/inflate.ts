import { referenceDelta } from "../kernel/delta-reference.ts";
import { FAULTS, faultWords } from "../kernel/faults.ts";
import { objectKernel } from "../kernel/objects.ts";
import { Malformed, tooLarge } from "./malformed.ts";

const [TRUNCATED] = FAULTS.TRUNCATED;
const [TOO_LARGE] = FAULTS.TOO_LARGE;

/** Largest piece that zlib makes room for at once. */
const ROOM = 1 << 20;

/** The stream of `size` bytes at the start of some bytes; undefined if they end before it does. */
export function inflateExactly(packed: Uint8Array, size: number): Buffer | undefined {
  const made = objectKernel().inflate(packed, size) ?? inflatedByZlib(packed, size);
  if (made === TRUNCATED) return undefined;
  if (typeof made === "number") throw new Malformed(faultWords(made));
  if (made.length !== size) throw new Malformed("it is smaller than it says");
  return made;
}

/** A stream that is not known to make any number of bytes, but at most `limit`. */
export function inflateAll(packed: Uint8Array, limit: number): Buffer {
  const likely = Math.min(limit, 16 * packed.length + 4096);
  const first = objectKernel().inflate(packed, likely);
  const made = first === undefined || first === TOO_LARGE ? inflatedByZlib(packed, limit) : first;
  if (made === TOO_LARGE) throw tooLarge(limit);
  if (typeof made === "number") throw new Malformed(`its data is corrupt: ${faultWords(made)}`);
  return made;
}

/** What a delta makes of its base: at most `limit` bytes. */
export function applyDelta(delta: Uint8Array, base: Uint8Array, limit: number): Buffer {
  const made = objectKernel().applyDelta(delta, base, limit) ?? slowly(delta, base, limit);
  if (typeof made === "number") throw new Malformed(faultWords(made));
  return made;
}

function slowly(delta: Uint8Array, base: Uint8Array, limit: number): Buffer | number {
  const made = referenceDelta(delta, base, limit);
  if (typeof made === "number") return made;
  const { buffer, byteOffset, length } = made.result;
  return Buffer.from(buffer, byteOffset, length);
}

/** For what is too large to stand in a kernel's memory. */
function inflatedByZlib(packed: Uint8Array, limit: number): Buffer | number {
  const { inflateSync } = process.getBuiltinModule("node:zlib");
  try {
    return inflateSync(packed, { maxOutputLength: limit, chunkSize: Math.min(ROOM, Math.max(64, limit + 1)) });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "Z_BUF_ERROR") return TRUNCATED;
    if (code === "ERR_BUFFER_TOO_LARGE") return TOO_LARGE;
    throw new Malformed(`its compressed data cannot be read (${code ?? "unknown"})`);
  }
}
