import assert from "node:assert/strict";
import { readdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { WhereFrom } from "../../src/history/where.ts";
import { gitWith } from "../git/history.ts";
import { git } from "../sources/repository.ts";
import { CONTENTS, contentOf, randomHistory } from "./random-history.ts";
import { type SlowFacts, slowProvenance } from "./slow-provenance.ts";
import { tell } from "./unpacker.ts";

/** Contents 0 to 2 hold nothing, the others one key or two, and some keys stand in several. */
function blobsOf(root: string): Map<string, readonly string[]> {
  const blobs = new Map<string, readonly string[]>();
  for (let i = 3; i < CONTENTS; i++)
    blobs.set(
      gitWith(root, contentOf(i), "hash-object", "--stdin").trim(),
      i % 3 ? [`key${i % 5}`] : ["key0", `key${i}`],
    );
  return blobs;
}

/** What is comparable of an answer: of commits the count and the first. */
function compared({ introduced, removed, paths, names, inHistoryOf, head, exposed }: WhereFrom) {
  const sides = (one: Pick<WhereFrom, "introduced" | "removed">) => ({
    introduced: one.introduced.count,
    removed: one.removed.count,
    shown: [...one.introduced.shown, ...one.removed.shown].map(({ id }) => id),
  });
  return {
    ...sides({ introduced, removed }),
    paths: Object.fromEntries(paths.shown.map((one) => [one.path.toString(), sides(one)])),
    names: [...names.shown].sort(),
    inHistoryOf: [...inHistoryOf.shown].sort(),
    head: head.shown.map(({ path }) => path.toString()).sort(),
    from: exposed.from,
  };
}

function expected(root: string, { introduced, removed, dropped: _, paths, ...rest }: SlowFacts) {
  const ends = (ids: readonly string[]): readonly string[] => {
    if (ids.length < 2) return ids;
    const times = new Map(ids.map((id) => [id, Number(git(root, "show", "-s", "--format=%ct", id))]));
    const sorted = [...ids].sort((a, b) => times.get(a)! - times.get(b)!);
    return [sorted[0]!, sorted.at(-1)!];
  };
  const sides = (one: Pick<SlowFacts, "introduced" | "removed">) => ({
    introduced: one.introduced.length,
    removed: one.removed.length,
    shown: [...ends(one.introduced), ...ends(one.removed)],
  });
  return {
    ...sides({ introduced, removed }),
    paths: Object.fromEntries(Object.entries(paths).map(([path, one]) => [path, sides(one)])),
    ...rest,
  };
}

for (const [name, seed, init] of [
  ["packed", 1, []],
  ["packed", 2, []],
  ["loose", 3, []],
  ["named by SHA-256", 4, ["--object-format=sha256"]],
] as const) {
  test(`a random history, ${name}, is told as git tells it (seed ${seed})`, () => {
    const root = randomHistory(seed, 60, ...init);
    if (name === "loose") unpack(root);
    const blobs = blobsOf(root);
    const told = tell(root, blobs);
    assert.deepEqual(told.gaps, []);
    const slow = slowProvenance(root, blobs);
    for (const [key, facts] of slow) assert.deepEqual(compared(told.keys.get(key)!), expected(root, facts), key);
    assert.ok([...slow.values()].some(({ dropped }) => dropped > 0));
    assert.ok([...slow.values()].some(({ introduced, removed }) => introduced.length > 1 && removed.length > 1));
  });
}

/** Gives every object a file of its own. */
function unpack(root: string): void {
  const packs = join(root, ".git/objects/pack");
  for (const file of readdirSync(packs)) renameSync(join(packs, file), join(root, file));
  for (const file of readdirSync(root))
    if (file.endsWith(".pack")) gitWith(root, readFileSync(join(root, file)), "unpack-objects", "-q");
}
