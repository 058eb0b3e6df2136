import assert from "node:assert/strict";
import { test } from "node:test";
import type { Traits } from "../../src/model/index.ts";
import { day, lifeOf, seconds, spell, stableLife, timeSentence } from "../../src/reach/life.ts";
import { score, weightOf } from "../../src/reach/score.ts";
import { DAY, HOUR, MINUTE, NOW } from "./setup.ts";
import { everyTraits } from "./traits.ts";

/** The reference scorer as its specification has it, kept apart so that the two can disagree. */
function reference(f: Traits): { score: number; level: string; impact: number } {
  const power = [0, 1, 4, 5.5, 7.5, 9];
  const breadth = { single: -0.5, service: 0, multi: 0.5, cross: 1.5 };
  const reach = { none: 0, "secrets-likely": 0.5, mints: 1.5 };
  const data = { public: -1, internal: 0, confidential: 0.5, regulated: 1.5 };
  const time = { expired: 0.1, "5m": 0.5, "1h": 0.7, "24h": 0.8, "30d": 0.9, "1y": 1, long: 1, none: 1, unknown: 1 };
  const possession = {
    bearer: 1,
    "network-bound": 0.7,
    "needs-client-secret": 0.6,
    "sender-bound": 0.3,
    partial: 0.15,
  };
  const environment = { prod: 1, unknown: 1, staging: 0.7, test: 0.35, example: 0 };
  const certainty = {
    verified: 1,
    checksum: 1,
    structure: 1,
    prefix: 0.95,
    generic: 0.6,
    unsigned: 0.3,
    "bad-checksum": 0.1,
  };
  const exposure = { public: 0.5, internal: 0, local: -0.5 };
  if (f.power === 0 || f.environment === "example" || f.publicByDesign) return { score: 0, level: "none", impact: 0 };
  let impact = power[f.power]! + breadth[f.breadth] + reach[f.reach] + data[f.data];
  if (f.life === "none" || f.life === "long") impact += 0.5;
  if (f.refresh) impact += 0.5;
  impact = Math.max(0, Math.min(10, impact));
  const product =
    impact * time[f.life] * possession[f.possession] * environment[f.environment] * certainty[f.certainty];
  let s = product + (product >= 1 ? exposure[f.exposure] : 0);
  if (f.exposure === "local") s = Math.max(Math.min(product, 1), product - 0.5);
  const low =
    f.life === "expired" || f.possession === "partial" || f.certainty === "bad-checksum" || f.certainty === "unsigned";
  if (low) s = Math.min(s, 3.9);
  if (f.certainty === "generic") s = Math.min(s, 6.9);
  s = Math.round((Math.max(0.1, Math.min(10, s)) + 1e-9) * 10) / 10;
  return { score: s, level: s <= 3.9 ? "low" : s <= 6.9 ? "medium" : s <= 9 ? "high" : "critical", impact };
}

test("the scorer agrees with its specification on every combination of traits", () => {
  let combinations = 0;
  for (const traits of everyTraits()) {
    const [ours, theirs] = [score(traits), reference(traits)];
    if (ours.score !== theirs.score || ours.level !== theirs.level || ours.impact !== theirs.impact)
      assert.deepEqual(ours, theirs, JSON.stringify(traits));
    combinations++;
  }
  assert.equal(combinations, 5_443_200);
});

const plain: Traits = {
  power: 3,
  breadth: "multi",
  reach: "mints",
  data: "regulated",
  life: "24h",
  refresh: true,
  possession: "sender-bound",
  environment: "staging",
  certainty: "prefix",
  exposure: "public",
  publicByDesign: false,
};

const weights: readonly [keyof Traits, number][] = [
  ["power", 5.5],
  ["breadth", 0.5],
  ["reach", 1.5],
  ["data", 1.5],
  ["refresh", 0.5],
  ["life", 0.8],
  ["possession", 0.3],
  ["environment", 0.7],
  ["certainty", 0.95],
  ["exposure", 0.5],
  ["publicByDesign", 1],
];

for (const [name, weight] of weights) {
  test(`${name} ${plain[name]} stands for ${weight}`, () => assert.equal(weightOf(name, plain), weight));
}

const bands: readonly [string, number, Traits["life"]][] = [
  ["nothing", 0, "expired"],
  ["a second", 1, "5m"],
  ["five minutes", 5 * MINUTE, "5m"],
  ["an hour", HOUR, "1h"],
  ["a day", DAY, "24h"],
  ["thirty days", 30 * DAY, "30d"],
  ["a year", 365 * DAY, "1y"],
  ["a year and a second", 365 * DAY + 1, "long"],
];

for (const [name, left, life] of bands) {
  test(`${name} left is ${life}`, () => assert.equal(lifeOf(left), life));
}

test("only the end of a life changes its stable band", () => {
  const dated = ["5m", "1h", "24h", "30d", "1y", "long"] as const;
  assert.deepEqual([...new Set(dated.map(stableLife))], ["1y"]);
  assert.deepEqual((["expired", "none", "unknown"] as const).map(stableLife), ["expired", "none", "unknown"]);
});

const durations: readonly [string, number | undefined][] = [
  ["45s", 45],
  ["15m", 900],
  ["8h", 28_800],
  ["90d", 7_776_000],
  ["1y", 31_536_000],
  ["none", undefined],
  ["8 h", undefined],
  ["-1h", undefined],
];

for (const [text, expected] of durations) {
  test(`the duration ${text} is ${expected} seconds`, () => assert.equal(seconds(text), expected));
}

const spans: readonly [number, string][] = [
  [45, "45 s"],
  [12 * MINUTE + 5, "12 min"],
  [HOUR, "1 h"],
  [19 * HOUR + 58 * MINUTE, "19 h 58 min"],
  [DAY, "24 h"],
  [41 * DAY + HOUR, "41 days"],
  [3415 * DAY, "3,415 days"],
];

for (const [span, text] of spans) {
  test(`${span} seconds are "${text}"`, () => assert.equal(spell(span), text));
}

const sentences: readonly [string, number, boolean, string][] = [
  ["a proof makes it valid", 19 * HOUR + 58 * MINUTE, true, "valid for another 19 h 58 min; revocation not checked"],
  ["an expired token is expired, proved or not", -41 * DAY, false, "expired 41 days ago"],
  ["a claim stays a claim", 3415 * DAY, false, "expiry claim 2036-01-07, in 3,415 days; revocation not checked"],
  [
    "the minute counts on the last day",
    HOUR,
    false,
    "expiry claim 2026-09-01 01:00 UTC, in 1 h; revocation not checked",
  ],
];

for (const [name, left, proved, text] of sentences) {
  test(name, () => assert.equal(timeSentence(NOW + left, NOW, proved), text));
}

test("a date that no calendar holds does not throw", () => {
  for (const time of [1e18, -1e18, Number.NaN]) assert.equal(day(time), "beyond the year 9999");
});
