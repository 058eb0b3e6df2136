import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { BlobId } from "../../src/model/index.ts";
import { blocks, PAUSE } from "../../src/sources/blocks.ts";
import type { Chunk } from "../../src/sources/unit.ts";

/** Bytes of a room that is large enough for its context, and small enough to be filled often. */
const SIZE = 400 << 10;

interface Seen extends Chunk {
  /** What the chunk is to be looked at for. */
  readonly text: string;
  /** Everything that stands in the room. */
  readonly room: string;
}

/** The chunks of a text that comes in pieces, with a pause after some of them. */
async function seenOf(
  text: Buffer,
  pieces: readonly { readonly size: number; readonly pause: boolean }[],
): Promise<Seen[]> {
  const seen: Seen[] = [];
  const room = Buffer.alloc(SIZE + 64);
  let at = 0;
  let turn = 0;
  let pause = false;
  const read = async (into: Buffer) => {
    if (pause) {
      pause = false;
      return PAUSE;
    }
    const piece = pieces[turn++ % pieces.length]!;
    const n = Math.min(piece.size, into.length, text.length - at);
    text.copy(into, 0, at, at + n);
    at += n;
    pause = piece.pause && n > 0;
    return n;
  };
  const visit = (item: { readonly type: string }) => {
    if (item.type !== "chunk") return;
    const chunk = item as Chunk;
    const end = Math.min(chunk.fresh.end, chunk.length);
    seen.push({
      ...chunk,
      text: room.toString("latin1", chunk.fresh.start, end),
      room: room.toString("latin1", 0, chunk.length),
    });
  };
  await blocks({ room, size: SIZE, visit }, { read, blob: "x" as BlobId, provenance: { kind: "stdin", path: "x" } });
  return seen;
}

const numbered = (bytes: number) => {
  let text = "";
  for (let line = 0; text.length < bytes; line++) text += `line ${line}${"\n".repeat(1 + (line % 2))}`;
  return Buffer.from(text.slice(0, bytes), "latin1");
};

const pieces = fc.array(fc.record({ size: fc.integer({ min: 1, max: 300_000 }), pause: fc.boolean() }), {
  minLength: 1,
  maxLength: 6,
});

test("however a stream comes and pauses, its chunks cover it once, and early looks are at whole lines of it", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 1_500_000 }), pieces, async (bytes, coming) => {
      fc.pre(coming.some(({ size }) => size > 2000));
      const text = numbered(bytes);
      const whole = text.toString("latin1");
      const seen = await seenOf(text, coming);
      const certain = seen.filter(({ early }) => !early);
      assert.equal(certain.map((chunk) => chunk.text).join(""), whole);
      assert.deepEqual([certain.at(-1)!.last, seen.filter(({ last }) => last).length], [true, 1]);
      assert.deepEqual([seen[0]!.first, seen.filter(({ first }) => first).length], [true, 1]);
      for (const chunk of seen) assert.equal(chunk.room, whole.slice(chunk.offset, chunk.offset + chunk.length));
      for (const { text: lines } of seen.filter(({ early }) => early)) assert.match(lines, /\n$/);
    }),
    { numRuns: 60 },
  );
});

test("every whole line that has come before a pause is looked at in it", async () => {
  const text = numbered(600_000);
  const seen = await seenOf(text, [{ size: 1000, pause: true }]);
  let reach = 0;
  for (const chunk of seen.filter(({ early }) => early)) {
    const end = chunk.offset + chunk.fresh.end;
    assert.ok(end > reach);
    assert.ok(chunk.offset + chunk.fresh.start <= reach);
    reach = end;
  }
  assert.ok(reach > text.length - 1000);
});

test("a stream that pauses is looked at again only in its last part", async () => {
  const seen = await seenOf(numbered(1_500_000), [{ size: 5000, pause: true }]);
  for (const chunk of seen) assert.ok(chunk.length <= 2 * (176 << 10) + 5000, String(chunk.length));
});
