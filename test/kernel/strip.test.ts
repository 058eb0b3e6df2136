import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Stripper } from "../../src/kernel/strip.ts";
import { referenceStrip } from "../../src/kernel/strip-reference.ts";

const stripper = new Stripper();

/** What the WebAssembly makes of the bytes, at such an offset in its room. */
function stripped(bytes: Uint8Array, offset: number, state: { readonly before: number; readonly cut: boolean }) {
  stripper.raw.set(bytes, offset);
  const rows: { to: number; from: number; joint: boolean; stamp: boolean }[] = [];
  const each = (to: number, from: number, joint: boolean, stamp: boolean) =>
    void rows.push({ to: to - offset, from: from - offset, joint, stamp });
  const { at, made, pending } = stripper.strip(offset, offset + bytes.length, offset, state, each);
  const text = Uint8Array.from(stripper.out.subarray(offset, made));
  return { at: at - offset, made: made - offset, rows, pending, text };
}

const piece = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.stringMatching(/^[A-Za-z0-9_+/=.-]{1,40}$/),
  fc.stringMatching(/^\x1b\[[0-9;]{0,6}[a-zA-Z]$/),
  fc.constantFrom("\x1b", "\x1b[", "\x1b[8m", "\x1b[38;5;208m", "\x1b]0;t\x07", `\x1b[${"1;".repeat(20)}m`, "\x1b[1 q"),
  fc.constantFrom(
    "\n2023-09-21T17:21:33.6471522Z ",
    "\n2023-09-21T17:21:33.6Z 00O ",
    "\n2023-09-21T17:21:33.64Z \x1b[0m",
    "\n2023-09-21T17:21:33.6471522Z\n",
    "\n2023-09-21T17:21:33.64715221234Z ",
    "\n2023-09-21T17:21:3",
  ),
  fc.constantFrom("\n", "\n2", "\n[2", "\n[3", "\n\ufeff", "\n\n", "\r\n"),
);

test("the WebAssembly strips as its slow twin does, wherever the text stands", () => {
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 30 }),
      fc.nat(40),
      fc.record({ before: fc.constantFrom(10, 65, 32, 45), cut: fc.boolean() }),
      (pieces, offset, state) => {
        const bytes = Buffer.from(pieces.join(""));
        assert.deepEqual(stripped(bytes, offset, state), referenceStrip(bytes, 0, bytes.length, state));
      },
    ),
    { numRuns: Number(process.env.LEAKREACH_FUZZ_RUNS ?? 2000) },
  );
});

test("when its rows are full, it stops before the next escape", () => {
  const bytes = Buffer.from("a\x1b[m".repeat(70_000));
  const result = stripped(bytes, 0, { before: 10, cut: false });
  assert.equal(result.rows.length, 65_536);
  assert.equal(bytes[result.at], 0x1b);
  assert.deepEqual(result, referenceStrip(bytes, 0, bytes.length, { before: 10, cut: false }));
});
