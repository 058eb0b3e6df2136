import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { edits } from "./arbitrary.ts";
import { compareDelta, compareInflate, fuzz, mutated } from "./guarded.ts";
import { deltaOf, packedObjects } from "./pack.ts";

const objects = packedObjects(0, 9);
const deltas = objects.flatMap((entry) => (entry.base ? [{ ...entry, base: entry.base, delta: deltaOf(entry) }] : []));

test("every object of a real pack is inflated, and takes exactly its bytes", () => {
  for (const { stream, size } of objects) assert.equal(compareInflate(stream, size), size);
});

test("every delta of a real pack makes its object", () => {
  assert.ok(deltas.length > 50, `${deltas.length} deltas`);
  for (const { delta, base, bytes } of deltas) assert.equal(compareDelta(delta, base, bytes.length), bytes.length);
});

test("objects of a real pack with mutated bytes are inflated as zlib inflates them, or refused", (t) => {
  fuzz(t, fc.tuple(fc.constantFrom(...objects), edits), ([{ stream, size }, list]) =>
    compareInflate(mutated(stream, list), size),
  );
});

test("deltas of a real pack with mutated bytes give what the slow twin gives", (t) => {
  fuzz(t, fc.tuple(fc.constantFrom(...deltas), edits), ([{ delta, base, bytes }, list]) =>
    compareDelta(mutated(delta, list), base, bytes.length),
  );
});
