import assert from "node:assert/strict";
import { test } from "node:test";
import { progressLine, type Seen } from "../../src/cli/progress.ts";
import type { ScanEvent } from "../../src/scan/scan.ts";
import { scan } from "../../src/scan/scan.ts";
import { prepareHistory } from "../../src/setup/prepare-history.ts";
import { leak } from "../scan/running.ts";
import { git, repository } from "../sources/repository.ts";

const cases: readonly (readonly [string, Seen, number, string])[] = [
  ["files", { files: 1234, bytes: 5e6, matches: 2 }, 2, "1,234 files, 5 MB, 2 matches, 3 MB/s"],
  [
    "a history under way",
    { files: 0, bytes: 9e8, matches: 0, objects: { done: 5000, all: 20_000 }, share: 0.25 },
    4,
    "5,000 of 20,000 objects, 900 MB, 0 matches, 12 s left",
  ],
  [
    "a history of some size",
    { files: 0, bytes: 1e6, matches: 0, objects: { done: 1, all: 100 }, share: 0.01 },
    2,
    "1 of 100 objects, 1 MB, 0 matches, 3 min 18 s left",
  ],
  [
    "a history that has just begun",
    { files: 0, bytes: 0, matches: 0, objects: { done: 0, all: 100 }, share: 0 },
    1,
    "0 of 100 objects, 0 MB, 0 matches, 0 MB/s",
  ],
];

for (const [name, seen, seconds, line] of cases) {
  test(`people see how far it is: ${name}`, () => assert.equal(progressLine(seen, seconds), line));
}

for (const [name, ...pack] of [["loose"], ["packed", "repack", "-adq"]] as const) {
  test(`the progress of a history (${name}) ends where everything was looked through`, async () => {
    const root = repository(Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`${i}.txt`, `text ${i}\n`])));
    if (pack.length > 0) git(root, ...pack);
    const { last } = await run(root);
    assert.ok(last?.type === "progress");
    assert.equal(last.share, 1);
    assert.ok(last.objects!.done >= 301 && last.objects!.all >= last.objects!.done);
  });
}

async function run(root: string, stopAt = Number.POSITIVE_INFINITY) {
  const stop = new AbortController();
  const { sources, options } = await prepareHistory({ repository: root, progress: true, jobs: 1 }, stop.signal);
  const events: ScanEvent[] = [];
  for await (const event of scan(sources, options)) {
    events.push(event);
    if (events.length === stopAt) stop.abort();
  }
  return { events, last: events.findLast(({ type }) => type === "progress"), end: events.at(-1) };
}

test("a history that is stopped at any moment gives a report that says so", async () => {
  const root = repository(
    Object.fromEntries(Array.from({ length: 600 }, (_, i) => [`${i}.env`, i % 60 ? `x\n${i}` : leak(i)])),
  );
  const whole = await run(root);
  const moments = whole.events.filter(({ type }) => type !== "finding" && type !== "report").length - 1;
  for (const stopAt of [1, 2, Math.floor(moments / 2), moments - 1]) {
    const { end } = await run(root, stopAt);
    assert.ok(end?.type === "report", `stopped at ${stopAt}`);
    assert.equal(end.report.complete, false, `stopped at ${stopAt}`);
    assert.match(end.report.gaps.map(({ why }) => why).join(), /interrupted/, `stopped at ${stopAt}`);
  }
});
