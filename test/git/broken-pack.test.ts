import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { statSync } from "node:fs";
import { test } from "node:test";
import { openPack } from "../../src/git/pack.ts";
import { type Entry, makePack } from "./make-pack.ts";

const id = (digit: string): string => digit.repeat(40);
const whole: Entry = { id: id("a"), kind: 3 };

const cases: readonly [
  name: string,
  entries: readonly Entry[],
  kinds: readonly number[],
  gaps: readonly [string, RegExp][],
][] = [
  ["a pack without objects", [], [], []],
  ["deltas whose base comes later", [{ id: id("b"), kind: 7, base: id("a") }, whole], [3, 3], []],
  [
    "deltas in a circle, and what hangs on them",
    [
      whole,
      { id: id("b"), kind: 7, base: id("c") },
      { id: id("c"), kind: 7, base: id("b") },
      { id: id("d"), kind: 7, base: id("c") },
    ],
    [3, 0, 0, 0],
    [
      [id("b"), /no object that is whole/],
      [id("c"), /no object that is whole/],
      [id("d"), /no object that is whole/],
    ],
  ],
  [
    "a delta of itself",
    [{ id: id("b"), kind: 7, base: id("b") }, whole],
    [0, 3],
    [[id("b"), /no object that is whole/]],
  ],
  ["a thin pack", [{ id: id("b"), kind: 7, base: id("e") }, whole], [0, 3], [[id("b"), /thin pack/]]],
  [
    "a distance that leads between two entries",
    [whole, { id: id("b"), kind: 6, base: 3 }, { id: id("c"), kind: 7, base: id("b") }],
    [3, 0, 0],
    [
      [id("b"), /base is not where/],
      [id("c"), /no object that is whole/],
    ],
  ],
  [
    "a distance that leads before the pack",
    [whole, { id: id("b"), kind: 6, base: 120 }],
    [3, 0],
    [[id("b"), /base is not where/]],
  ],
  ["a distance of nothing", [whole, { id: id("b"), kind: 6, base: 0 }], [3, 0], [[id("b"), /base is not where/]]],
  ["kind 5", [{ id: id("b"), kind: 5 }, whole], [0, 3], [[id("b"), /kind that git does not have/]]],
  ["a size of 2^40", [{ ...whole, size: 2 ** 40 }], [3], []],
  ["a size beyond 2^53", [{ ...whole, size: 2 ** 60 }], [0], [[id("a"), /size that is too large/]]],
];

for (const [name, entries, kinds, gaps] of cases) {
  test(name, () => {
    const pack = openPack(makePack(entries), "sha1");
    assert.deepEqual([...pack.kinds], kinds);
    assert.deepEqual(
      pack.gaps.map(({ what }) => what).sort(),
      gaps.map(([what]) => what),
    );
    for (const [what, why] of gaps) assert.match(pack.gaps.find((gap) => gap.what === what)!.why, why);
  });
}

test("a size of 2^40 is read exactly", () => {
  assert.equal(openPack(makePack([{ ...whole, size: 2 ** 40 + 5 }]), "sha1").sizes[0], 2 ** 40 + 5);
});

test("a pack of many pieces is read to its end", () => {
  const entries = Array.from({ length: 3500 }, (_, i) => {
    const id = createHash("sha1").update(`${i}`).digest("hex");
    return { id, kind: 3, data: randomBytes(900 + (i % 700)) };
  });
  const path = makePack(entries);
  assert.ok(statSync(path).size > 3 << 20);
  const { sizes, gaps } = openPack(path, "sha1");
  assert.deepEqual(
    [...sizes],
    entries.map(({ data }) => data.length),
  );
  assert.deepEqual(gaps, []);
});

test("of many broken entries a thousand are named, the rest counted", () => {
  const entries = Array.from({ length: 1500 }, (_, i) => ({ id: i.toString(16).padStart(40, "0"), kind: 5 }));
  const { gaps } = openPack(makePack(entries), "sha1");
  assert.equal(gaps.length, 1001);
  assert.equal(gaps.at(-1)!.what, "500 more");
});
