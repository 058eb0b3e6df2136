import { compileRules, openPlan } from "../../src/detect/plan.ts";
import { Gaps } from "../../src/git/malformed.ts";
import { ID_SIZE, type ObjectId } from "../../src/git/object-id.ts";
import { listObjects } from "../../src/git/objects.ts";
import { readRefs } from "../../src/git/refs.ts";
import { findRepository } from "../../src/git/repository.ts";
import { allCommits } from "../../src/history/all-commits.ts";
import type { HistoryData } from "../../src/history/data.ts";
import { ObjectReader } from "../../src/history/reader.ts";
import type { Provenance } from "../../src/history/where.ts";
import { graphOf, joinedIds, whereFrom } from "../../src/history/where-from.ts";
import { Unpacker } from "../../src/kernel/history.ts";
import { Kernel } from "../../src/kernel/kernel.ts";
import { tablesOf } from "../../src/kernel/tables.ts";
import { type ObjectScanner, openObjects } from "../../src/scan/scan-objects.ts";
import { treesUnits } from "../../src/sources/history.ts";
import { DEFAULT_LIMITS } from "../../src/sources/unit.ts";

export const newUnpacker = (): Unpacker =>
  new Unpacker(new Kernel(tablesOf([], [], [])), { memory: 256 << 20, input: 1 << 20 });

const noRules = openPlan(compileRules([]), () => undefined);

/** Looks through objects without any rule. */
export function openReading(data: HistoryData): ObjectScanner {
  const reading: ObjectScanner = openObjects(
    {
      plan: noRules,
      samples: { hashes: new Map(), values: new Set() },
      limits: DEFAULT_LIMITS,
      objects: () => Promise.resolve(reading),
      changes: () => Promise.reject(new Error("nothing is compared here")),
      explain: false,
      lineHashes: false,
    },
    data,
  );
  return reading;
}

/** Where the blobs of a repository came from, as its own files tell. */
export function tell(root: string, blobs: ReadonlyMap<string, readonly string[]>, unreachable = false): Provenance {
  const repository = findRepository(root)!;
  const { hash } = repository;
  const objects = listObjects(repository);
  const wanted = new Map([...blobs].map(([id, keys]) => [id as ObjectId, keys]));
  const repositories = [{ objects, hash, lfs: "" }] as const;
  const data = { repositories, engine: "delta", provenance: true, memory: 256 << 20, places: 64 << 20 } as const;
  const reading = openReading(data);
  const commits = allCommits(objects, hash, 256 << 20).parts;
  const ids = joinedIds(new Set(wanted.keys()), ID_SIZE[hash]);
  const looked = treesUnits(objects, hash, ids).map((unit) => reading.trees(unit, { at: () => {}, deadline: null }));
  const trees = { parts: looked.flatMap((each) => each.trees), gaps: looked.flatMap((each) => each.gaps) };
  const gaps = new Gaps();
  const reader = new ObjectReader(newUnpacker(), objects, hash, gaps);
  const refs = readRefs(repository);
  const graph = graphOf(repository, commits);
  const found = whereFrom(reader, repository, objects, refs, graph, trees, wanted, { unreachable });
  reader.close();
  return { ...found, gaps: [...found.gaps, ...gaps.all()] };
}
