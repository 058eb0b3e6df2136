import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { radixSort } from "../../src/git/radix-sort.ts";
import { type IdGroup, markRepeated } from "../../src/git/repeated.ts";

const keys = fc.array(
  fc.oneof(fc.nat(20), fc.nat(), fc.maxSafeNat(), fc.constantFrom(2047, 2048, 2 ** 32, 2 ** 53 - 1)),
);

test("radix sort gives what a plain sort gives, equal keys as they stood", () => {
  fc.assert(
    fc.property(keys, (numbers) => {
      const sorted = radixSort(Float64Array.from(numbers));
      const order = numbers.map((_, i) => i).sort((a, b) => numbers[a]! - numbers[b]! || a - b);
      assert.deepEqual([...sorted.order], order);
      assert.deepEqual(
        [...sorted.keys],
        order.map((at) => numbers[at]),
      );
    }),
  );
});

/** Ids of 5 bytes, many of which are equal, or equal in the four bytes that are sorted by. */
const id = fc.tuple(fc.nat(2), fc.nat(2)).map(([a, b]) => [a, 0, 0, 1, b]);
const group = fc.array(fc.record({ id, broken: fc.boolean() }), { maxLength: 8 });

/** The slow way: for each id, the first copy that can be read, or else the first. */
function slowMarks(
  groups: readonly (readonly { readonly id: readonly number[]; readonly broken: boolean }[])[],
): number[][] {
  const copies = groups.flatMap((members, at) => members.map((member, place) => ({ ...member, at, place })));
  return groups.map((members, at) =>
    members.map((member, place) => {
      const alike = copies.filter(({ id }) => String(id) === String(member.id));
      const counts = alike.find(({ broken }) => !broken) ?? alike[0]!;
      return counts.at === at && counts.place === place ? 0 : 1;
    }),
  );
}

test("of several copies the first that can be read counts", () => {
  fc.assert(
    fc.property(fc.array(group, { minLength: 2, maxLength: 4 }), (groups) => {
      const stored = groups.map(
        (members): IdGroup => ({
          ids: Uint8Array.from(members.flatMap(({ id }) => id)),
          broken: Uint8Array.from(members, ({ broken }) => Number(broken)),
        }),
      );
      fc.pre(groups.filter((members) => members.length > 0).length > 1);
      assert.deepEqual(
        markRepeated(stored, 5).map((marks) => [...marks]),
        slowMarks(groups),
      );
    }),
    { numRuns: 500 },
  );
});
