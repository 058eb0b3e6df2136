import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { referenceDelta } from "../../src/kernel/delta-reference.ts";
import { FAULTS } from "../../src/kernel/faults.ts";
import { ObjectKernel } from "../../src/kernel/objects.ts";

const kernel = new ObjectKernel();
const sha1 = (...parts: Uint8Array[]): string => {
  const hash = createHash("sha1");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
};

test("SHA-1 is what node:crypto gives, at every length around a block", () => {
  for (let size = 0; size < 200; size++) {
    const content = Buffer.alloc(size, size);
    assert.equal(kernel.sha1(Buffer.from("blob"), content), sha1(Buffer.from("blob"), content), `${size} bytes`);
  }
});

test("SHA-1 is what node:crypto gives of whatever comes", () => {
  const bytes = fc.uint8Array({ maxLength: 5000 });
  fc.assert(
    fc.property(bytes, bytes, (header, content) => {
      assert.equal(kernel.sha1(header, content), sha1(header, content));
    }),
  );
});

test("a stream is inflated as it was, and a delta applied as its slow twin does, in one memory that grows", () => {
  for (const size of [0, 1, 100, 70_000, 5_000_000]) {
    const text = Buffer.alloc(size, "some text that repeats, ");
    assert.deepEqual(kernel.inflate(deflateSync(text), size), text);
    assert.equal(size > 0 ? kernel.inflate(deflateSync(text), size - 1) : FAULTS.TOO_LARGE[0], FAULTS.TOO_LARGE[0]);
  }
  const base = Buffer.from("the base of a delta");
  // Sizes 19 and 9; copy 4 bytes from 4; insert "five!".
  const delta = Buffer.from([19, 9, 0x91, 4, 4, 5, ...Buffer.from("five!")]);
  assert.deepEqual(kernel.applyDelta(delta, base, 100), Buffer.from("basefive!"));
  assert.deepEqual(kernel.applyDelta(delta, base, 8), referenceDelta(delta, base, 8));
  assert.equal(kernel.applyDelta(delta, base.subarray(1), 100), FAULTS.DELTA_BASE[0]);
});

test("what is too much for its memory is left to others", () => {
  const large = Buffer.alloc(20 << 20);
  assert.equal(kernel.sha1(Buffer.alloc(0), large), undefined);
  assert.equal(kernel.inflate(Buffer.alloc(10), 20 << 20), undefined);
  // It names a result of 2^28 bytes.
  const delta = Buffer.from([1, 0x80, 0x80, 0x80, 0x80, 0x01, 1, 0]);
  assert.equal(kernel.applyDelta(delta, Buffer.alloc(1), 2 ** 29), undefined);
});
