import assert from "node:assert/strict";
import { test } from "node:test";
import { ID_SIZE } from "../../src/git/object-id.ts";
import { listObjects } from "../../src/git/objects.ts";
import { findRepository } from "../../src/git/repository.ts";
import { objectAt } from "../../src/scan/object-at.ts";
import type { UnitResult } from "../../src/scan/raw.ts";
import { treesUnits } from "../../src/sources/history.ts";
import { openReading } from "../history/unpacker.ts";
import { git, repository } from "../sources/repository.ts";

/** Folders in several versions, so that git makes trees from each other. */
function opened(isPacked: boolean) {
  const files = Array.from({ length: 40 }, (_, i) => [`folder/inner/file-${i}`, `${i}\n`]);
  const root = repository(Object.fromEntries(files));
  for (let i = 0; i < 6; i++) {
    git(root, "mv", `folder/inner/file-${i}`, `folder/inner/file-${i}-moved`);
    git(root, "commit", "-qm", `move ${i}`);
  }
  if (isPacked) git(root, "repack", "-adfq", "--depth=50");
  const { hash } = findRepository(root)!;
  const objects = listObjects(findRepository(root)!);
  const data = {
    repositories: [{ objects, hash, lfs: "" }],
    engine: "delta",
    provenance: true,
    memory: 64 << 20,
    places: 16 << 20,
  } as const;
  const trees = git(root, "cat-file", "--batch-all-objects", "--batch-check=%(objecttype) %(objectname)");
  const all = [...trees.matchAll(/^tree (\w+)$/gm)].map(([, id]) => id!).sort();
  return { objects, hash, all, reading: openReading(data), units: treesUnits(objects, hash, new Uint8Array(0)) };
}

const idsOf = (results: readonly UnitResult[], size: number): string[] =>
  results
    .flatMap(({ trees }) => trees)
    .flatMap(({ ids }) =>
      Array.from({ length: ids.length / size }, (_, i) =>
        Buffer.from(ids.subarray(i * size, (i + 1) * size)).toString("hex"),
      ),
    )
    .sort();

for (const isPacked of [true, false]) {
  const where = isPacked ? "in a pack" : "with files of their own";
  test(`a tree that takes too long is a gap, and the others are read: ${where}`, () => {
    const { objects, hash, all, reading, units } = opened(isPacked);
    const told = new Set<string>();
    const slow = all[3]!;
    const results = units.map((unit) => {
      const at = (number: number): void => {
        const name = objectAt(objects, unit, number).replace(/^\w+ /, "");
        const isFirst = !told.has(name);
        told.add(name);
        // Nothing but the deadline ends this.
        while (isFirst && name === slow);
      };
      return reading.trees(unit, { at, deadline: 1500 });
    });
    assert.deepEqual(
      results.flatMap(({ gaps }) => gaps),
      [{ what: `tree ${slow}`, why: "not scanned within 1.5 s; raise it with --file-timeout" }],
    );
    assert.deepEqual(
      idsOf(results, ID_SIZE[hash]),
      all.filter((id) => id !== slow),
    );
  });

  test(`trees that a unit leaves out are not read, and those made from them are: ${where}`, () => {
    const { objects, hash, all, reading, units } = opened(isPacked);
    const left = new Set(all.filter((_, i) => i % 3 === 0));
    const listener = { at: () => {}, deadline: null };
    const results = units.map((unit) => {
      const skipped: number[] = [];
      for (let at = unit.from; at < unit.to; at++)
        if (left.has(objectAt(objects, unit, at).replace(/^\w+ /, ""))) skipped.push(at);
      return reading.trees({ ...unit, skipped }, listener);
    });
    assert.deepEqual(
      idsOf(results, ID_SIZE[hash]),
      all.filter((id) => !left.has(id)),
    );
  });
}
