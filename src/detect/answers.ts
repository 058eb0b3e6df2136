import type { Candidate, Placed, Reach, Settled } from "./look.ts";

/** Bytes before a candidate's start and behind it that an answer is looked up by. */
const BEFORE = 16;
const BEHIND = 32;
/** Answers that rest on more bytes are not remembered: few do. */
const LONGEST = 4096;
/** Bytes that the newer half of what is remembered rests on. */
const ROOM = 4 << 20;
/** Of answers that are looked up by the same bytes, so many are remembered. */
const ALIKE = 4;

/** An answer, and where the bytes stand that it rests on. */
interface Answer {
  readonly settled: Settled;
  readonly at: number;
}

/** Half of what is remembered: answers by a hash of what they are looked up by. */
class Half {
  readonly rest = Buffer.allocUnsafeSlow(ROOM);
  readonly answers = new Map<number, Answer[]>();
  end = 0;
}

/**
 * What close looks came to, so that the same candidate among the same bytes is not looked at again: in a history most places
 * stand in many versions, whatever changes beside them. What was not asked for for long is forgotten.
 */
export class Answers {
  #newer = new Half();
  #older = new Half();

  /** The answer for a candidate, if one is remembered that rests on the bytes that stand here. */
  find(text: Placed, bytes: Buffer, candidate: Candidate, covered: Reach): Settled | undefined {
    const key = keyOf(bytes, candidate);
    const newer = foundIn(this.#newer, key, text, bytes, candidate, covered);
    if (newer) return newer;
    const older = foundIn(this.#older, key, text, bytes, candidate, covered);
    if (older) this.#add(key, bytes, candidate.start, older);
    return older;
  }

  /** Remembers an answer, unless it rests on an end of the text. */
  keep(text: Placed, bytes: Buffer, candidate: Candidate, settled: Settled): void {
    const { start } = candidate;
    const { before, after } = settled;
    if (start - before < 0 || start + after > text.size || before + after > LONGEST) return;
    this.#add(keyOf(bytes, candidate), bytes, start, settled);
  }

  #add(key: number, bytes: Buffer, start: number, settled: Settled): void {
    const { before, after } = settled;
    if (this.#newer.end + before + after > ROOM) this.#turn();
    const { rest, answers, end } = this.#newer;
    bytes.copy(rest, end, start - before, start + after);
    const alike = answers.get(key);
    if (!alike) answers.set(key, [{ settled, at: end }]);
    else {
      if (alike.length === ALIKE) alike.shift();
      alike.push({ settled, at: end });
    }
    this.#newer.end = end + before + after;
  }

  #turn(): void {
    const half = this.#older;
    half.answers.clear();
    half.end = 0;
    this.#older = this.#newer;
    this.#newer = half;
  }
}

function foundIn(
  { rest, answers }: Half,
  key: number,
  text: Placed,
  bytes: Buffer,
  { start, kind, length }: Candidate,
  { encoded, escaped }: Reach,
): Settled | undefined {
  for (const { settled, at } of answers.get(key) ?? []) {
    const { before, after, covered } = settled;
    if (settled.kind !== kind || settled.length !== length) continue;
    if (covered.encoded !== encoded || covered.escaped !== escaped) continue;
    if (start - before < 0 || start + after > text.size) continue;
    if (bytes.compare(rest, at, at + before + after, start - before, start + after) === 0) return settled;
  }
  return undefined;
}

/** A hash of the bytes around a candidate (FNV-1a). */
function keyOf(bytes: Buffer, { start, kind }: Candidate): number {
  const end = Math.min(bytes.length, start + BEHIND);
  let hash = kind;
  for (let at = Math.max(0, start - BEFORE); at < end; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  return hash;
}
