import assert from "node:assert/strict";
import { test } from "node:test";
import { sweepLine } from "../../src/cli/sweep-progress.ts";
import type { Level } from "../../src/model/index.ts";

type Seen = Parameters<typeof sweepLine>[0];

const cases: [says: string, seen: Pick<Seen, "done" | "all">, levels: [Level, number][], line: string][] = [
  [
    "that nothing is done yet",
    { done: { repositories: 0, logs: 0 }, all: { repositories: 1200, logs: 0 } },
    [],
    "0 of 1,200 repositories, nothing found, 12 MB",
  ],
  [
    "what was found, and the time left",
    { done: { repositories: 3, logs: 0 }, all: { repositories: 4, logs: 0 } },
    [
      ["low", 5],
      ["critical", 2],
    ],
    "3 of 4 repositories, 2 critical, 5 low, 12 MB, 30 s left",
  ],
  [
    "CI logs apart from repositories",
    { done: { repositories: 3, logs: 1 }, all: { repositories: 4, logs: 2 } },
    [],
    "3 of 4 repositories, CI logs of 1 of 2, nothing found, 12 MB, 45 s left",
  ],
];

for (const [says, counts, levels, line] of cases)
  test(`the line of a sweep says ${says}`, () => {
    assert.equal(sweepLine({ ...counts, bytes: 12e6, levels: new Map(levels) }, 90), line);
  });
