import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import type { BlobId, Match, RuleId } from "../../src/model/index.ts";
import { leftOutOf, MatchGatherer } from "../../src/scan/match-gatherer.ts";
import { type MatchTable, matchesOf } from "../../src/scan/match-table.ts";
import type { RawMatch } from "../../src/scan/raw.ts";
import { token } from "./running.ts";

const idOf = (number: number): string => createHash("sha1").update(`${number}`).digest("hex");

/** Places of some secrets in a version of a file. */
const version = (number: number, places: number, secrets: number): RawMatch[] =>
  Array.from({ length: places }, (_, at) => ({
    rule: "github-pat" as RuleId,
    secret: token(at % secrets),
    provenance: { kind: "history", path: `blob ${idOf(number)}`, object: idOf(number), stored: "blob" },
    blob: idOf(number) as BlobId,
    span: { start: 100 * at, end: 100 * at + 40 },
    region: { line: at + 1, column: 3, endLine: at + 1, endColumn: 43 },
    checksum: "good",
    encodings: [],
    parts: {},
    ...(at % 3 === 0 && { only: "code" as const }),
  }));

function gathered(most: number, all: readonly (readonly RawMatch[])[]): MatchTable {
  const gatherer = new MatchGatherer(most);
  for (const matches of all) gatherer.add(matches);
  return gatherer.table();
}

const spelled = (matches: Iterable<Match>) =>
  Array.from(matches, ({ secret, ...rest }) => JSON.stringify({ ...rest, secret: secret.reveal() })).sort();

const placesIn = (table: MatchTable): string[] => spelled(matchesOf(table));

const versions = Array.from({ length: 200 }, (_, number) => version(number, 30, 4));

test("a table gives back each match as it was, and what many say alike is there once", () => {
  const table = gathered(1e9, versions);
  const sorted = versions
    .flat()
    .map(({ secret, ...rest }) => [secret, rest] as const)
    .map(([secret, rest]) => JSON.stringify({ ...JSON.parse(JSON.stringify(rest)), secret }));
  const fields = (text: string) => JSON.stringify(Object.entries(JSON.parse(text)).sort());
  assert.deepEqual(placesIn(table).map(fields).sort(), sorted.map(fields).sort());
  assert.equal(table.texts.length, 200);
  assert.equal(table.kinds.length, 8);
  assert.equal(table.rows.byteLength, 6000 * 32);
  assert.deepEqual(leftOutOf(table), []);
});

test("a table keeps within its bytes, and all that is left out is counted and told", () => {
  const most = 60_000;
  const table = gathered(most, versions);
  assert.ok(table.rows.byteLength <= most);
  assert.ok(table.texts.length > 10, "as much as there is room for is kept");
  const { texts, matches } = table.leftOut;
  assert.equal(table.texts.length + texts, 200);
  assert.equal(placesIn(table).length + matches, 6000);
  const [gap, ...others] = leftOutOf(table);
  assert.match(`${gap!.what}: ${gap!.why}`, /^[\d,]+ places of secrets, in \d+ versions of files: .*--memory$/);
  assert.deepEqual(others, []);
});

test("a secret that stands in one version alone is kept, whichever halves are left out", () => {
  const rare = Array.from({ length: 8 }, (_, i) =>
    version(1000 + i, 1, 1).map((match) => ({ ...match, secret: token(100 + i) })),
  );
  const all = [...rare, ...versions];
  const kept = (order: typeof all) =>
    new Set(Array.from(matchesOf(gathered(60_000, order)), ({ secret }) => secret.reveal()));
  const table = gathered(60_000, all);
  assert.ok(table.leftOut.texts > 100);
  assert.equal(placesIn(table).length + table.leftOut.matches, 6008);
  for (const order of [all, all.toReversed()])
    assert.deepEqual([...kept(order)].sort(), [...new Set(all.flat().map(({ secret }) => secret))].sort());
  const parts = new MatchGatherer(60_000);
  for (const part of [all.slice(0, 5), all.slice(5)]) parts.addAll(gathered(60_000, part));
  assert.deepEqual(placesIn(parts.table()), placesIn(table));
});

test("what is left out does not depend on the order of versions, nor on how many gather them", () => {
  const most = 60_000;
  const whole = gathered(most, versions);
  for (const parts of [1, 2, 7]) {
    const all = new MatchGatherer(most);
    const reversed = versions.toReversed();
    for (let part = 0; part < parts; part++)
      all.addAll(
        gathered(
          most,
          reversed.filter((_, number) => number % parts === part),
        ),
      );
    assert.deepEqual(placesIn(all.table()), placesIn(whole));
    assert.deepEqual(all.table().leftOut, whole.leftOut);
  }
});
