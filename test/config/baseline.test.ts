import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { test } from "node:test";
import { loadBaseline, toBaseline } from "../../src/config/baseline.ts";
import type { Finding } from "../../src/model/index.ts";
import { makeFinding, stats } from "../report/make-report.ts";
import { folder } from "./folder.ts";

const report = (findings: readonly Finding[]) => ({
  findings,
  gaps: [],
  stats,
  complete: true,
  now: "2026-11-21T00:00:00.000Z",
  root: "/r",
});
const load = (text: string) => loadBaseline(join(folder({ "b.json": text }), "b.json"));

test("a baseline comes back as it was written, one line a finding, without any secret", () => {
  const findings = [makeFinding("acme", 8, { paths: ["b", "a", "a"] }), makeFinding("acme", 5)];
  const text = toBaseline(report(findings), "1.2.3");
  const { fingerprints } = load(text);
  assert.deepEqual([...fingerprints], findings.map(({ fingerprint }) => fingerprint).sort());
  assert.equal(text.split("\n").filter((line) => line.includes("lr1:")).length, 2);
  assert.deepEqual(JSON.parse(text).tool, { name: "leakreach", version: "1.2.3" });
  assert.deepEqual(JSON.parse(text).fingerprints.find((entry: { paths: string[] }) => entry.paths.length === 2).paths, [
    "a",
    "b",
  ]);
  for (const { secret } of findings) assert.equal(text.includes(secret.reveal().slice(5, 13)), false);
});

test("a file that is called by its secret is named without it", () => {
  const finding = makeFinding("acme", 8, { paths: ["a", "b"] });
  const path = `logs/${finding.secret.reveal()}.txt`;
  const [first, second] = finding.exposures;
  const named = { ...finding, exposures: [first, { ...second!, provenance: { kind: "file", path } }] } as Finding;
  assert.deepEqual(JSON.parse(toBaseline(report([named]), "1")).fingerprints[0].paths, ["a", "logs/….txt"]);
});

test("what is allowed or of level none is left out, and an empty baseline is one", () => {
  const allowed = makeFinding("acme", 8, { suppression: { by: "leakreach" } });
  assert.equal(load(toBaseline(report([allowed, makeFinding("acme", 0)]), "1")).fingerprints.size, 0);
});

test("a JSON report is a baseline as well", () => {
  const fingerprint = `lr1:${randomBytes(16).toString("hex")}`;
  assert.deepEqual([...load(JSON.stringify({ findings: [{ fingerprint }] })).fingerprints], [fingerprint]);
});

const faults: readonly [name: string, text: string, message: RegExp][] = [
  ["no JSON", "fingerprints: hunter2hunter2", /is not JSON: write a new one/],
  ["a merge conflict", '{\n<<<<<<< HEAD\n"a": 1\n', /merge conflict/],
  ["gitleaks' list", '[{"Fingerprint": "a"}]', /as gitleaks writes them/],
  ["detect-secrets' file", '{"version": "1", "plugins_used": [], "results": {}}', /detect-secrets/],
  ["another object", "{}", /has no list of `fingerprints`/],
  ["a number", "7", /is no baseline/],
  ["an entry without fingerprint", '{"fingerprints": [{"rule": "a"}]}', /entry 1 has no fingerprint/],
  ["an entry that is null", '{"fingerprints": [null]}', /entry 1/],
  ["a prototype", '{"__proto__": {"fingerprints": []}}', /has no list/],
];

for (const [name, text, message] of faults) {
  test(`${name} is refused, with what to do, and not quoted`, () => {
    assert.throws(
      () => load(text),
      (error: Error & { code: string }) => {
        assert.equal(error.code, "baseline-invalid");
        assert.match(error.message, message);
        assert.doesNotMatch(`${error.message}${String(error.cause ?? "")}`, /hunter2/);
        return true;
      },
    );
  });
}

test("a baseline that is not there is refused", () =>
  assert.throws(() => loadBaseline("/nowhere/b.json"), { code: "baseline-invalid", message: /there is no such file/ }));
