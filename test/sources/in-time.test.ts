import assert from "node:assert/strict";
import { test } from "node:test";
import { Overdue } from "../../src/sources/failure.ts";
import { timed } from "../../src/sources/in-time.ts";

const endless: readonly [name: string, run: () => unknown][] = [
  [
    "a loop",
    () => {
      for (;;);
    },
  ],
  ["a regular expression", () => /^(?:a+)+$/.test(`${"a".repeat(60)}b`)],
  [
    "a loop that catches everything",
    () => {
      for (;;)
        try {
          for (;;);
        } catch {}
    },
  ],
];

for (const [name, run] of endless) {
  test(`${name} that never ends is broken off, and the next run has its own time`, () => {
    const inTime = timed(30);
    assert.throws(() => inTime(run), Overdue);
    assert.equal(
      inTime(() => 7),
      7,
    );
  });
}

test("what runs in time gives what it gives, and its errors are its own", () => {
  const inTime = timed(60_000);
  const made = {};
  assert.equal(
    inTime(() => made),
    made,
  );
  const error = new RangeError("x");
  assert.throws(
    () =>
      inTime(() => {
        throw error;
      }),
    (thrown) => thrown === error,
  );
});

test("a run inside another shares its time", () => {
  const inTime = timed(30);
  let inner: unknown;
  const outer = () => {
    try {
      inTime(() => {
        for (;;);
      });
    } catch (error) {
      inner = error;
    }
  };
  assert.throws(() => inTime(outer), Overdue);
  assert.equal(inner, undefined);
});

test("nothing is left among the globals", () => {
  const before = Reflect.ownKeys(globalThis).length;
  const inTime = timed(30);
  inTime(() => 1);
  assert.throws(
    () =>
      inTime(() => {
        for (;;);
      }),
    Overdue,
  );
  assert.equal(Reflect.ownKeys(globalThis).length, before);
});
