import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { test } from "node:test";
import { openPack } from "../../src/git/pack.ts";
import { helpRead, type SharedHeaders } from "../../src/git/pack-entries.ts";
import { makePack } from "./make-pack.ts";

/** Objects of three portions; each hundredth is of a kind that git does not have, each tenth a delta of the one before. */
function large(): string {
  return makePack(
    Array.from({ length: 20_000 }, (_, n) => {
      const id = createHash("sha1").update(`${n}`).digest("hex");
      const data = Buffer.from(`${n}`);
      if (n % 100 === 50) return { id, kind: 5, data };
      if (n % 10 !== 1) return { id, kind: 3, data };
      return {
        id,
        kind: 7,
        data,
        base: createHash("sha1")
          .update(`${n - 1}`)
          .digest("hex"),
      };
    }),
  );
}

/** What is known of a pack. */
const told = (path: string, share?: (headers: SharedHeaders) => void) => {
  const { stored, sizes, headers, bases, gaps } = openPack(path, "sha1", share);
  return { stored, sizes, headers, bases, gaps };
};

test("headers that another thread has read are as if this one had", () => {
  const path = large();
  const alone = told(path);
  // A delta of what is broken is lost with it.
  assert.equal(alone.gaps.length, 400);
  let read = 0;
  const helped = told(path, (shared) => {
    helpRead(shared);
    read = shared.found.stored.filter((kind) => kind !== 0).length;
  });
  assert.equal(read, 19_800);
  assert.deepEqual(helped, alone);
});

test("what another thread took and never read is read all the same", () => {
  const path = large();
  let late: SharedHeaders | undefined;
  const left = told(path, (shared) => {
    assert.equal(shared.portions.length, 3);
    Atomics.store(shared.portions, 1, 1);
    late = shared;
  });
  assert.deepEqual(left, told(path));
  // Whatever that thread writes at last changes nothing.
  late!.found.bases.fill(7);
  assert.deepEqual(left, told(path));
});

test("a thread that cannot open the pack leaves it to the others", () => {
  const path = large();
  const alone = told(path);
  const other = large();
  rmSync(other);
  const helped = told(path, (shared) => assert.throws(() => helpRead({ ...shared, path: other }), { code: "ENOENT" }));
  assert.deepEqual(helped, alone);
});

test("a small pack is not shared", () => {
  const data = Buffer.from("x");
  const path = makePack([{ id: "a".repeat(40), kind: 3, data }]);
  told(path, () => assert.fail("shared"));
});
