import assert from "node:assert/strict";
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { leakreach } from "../cli/leakreach.ts";
import { leak } from "../scan/running.ts";
import { clones, commit, many, place, sweeping, swept } from "./sweeping.ts";

/** Fingerprints by the path they stand at first. */
const fingerprints = async (store: string, root: string): Promise<Record<string, string>> =>
  Object.fromEntries(
    (await swept(store, root)).repositories.flatMap(({ report }) =>
      report.findings.map(({ exposures, fingerprint }) => [exposures[0]!.path, fingerprint]),
    ),
  );

test("what was decided about a credential is not listed, fails nothing, and runs out", async () => {
  const root = clones({ one: { "a.env": leak(1), "b.env": leak(2), "c.env": leak(3) } });
  const store = place();
  const found = await fingerprints(store, root);
  const decide = (path: string, ...args: string[]) => leakreach(["triage", found[path]!, "--store", store, ...args]);
  assert.equal((await decide("a.env", "--status", "accepted", "--reason", "test", "--expires", "2026-11-21")).code, 0);
  assert.equal(
    (await decide("b.env", "--status", "revoked", "--on", "2026-11-01", "--reason", "rotated", "--by", "me")).code,
    0,
  );
  const { stdout } = await sweeping(store, root);
  assert.match(stdout, /1 leaked credential in 1 of 1 repository/);
  assert.match(stdout, /Decided, so not listed: 1 accepted, 1 revoked/);
  await decide("c.env", "--status", "false-positive", "--reason", "no token");
  assert.equal((await sweeping(store, root)).code, 0);
  assert.equal((await sweeping(store, root, "--now", "2026-11-22T00:00:00Z")).code, 1, "the acceptance has run out");
  await decide("c.env", "--status", "open");
  const listed = await leakreach(["triage", "--store", store]);
  assert.match(listed.stdout, /^lr1:\S+ {2}revoked on 2026-11-01, by me: rotated$/m);
  assert.doesNotMatch(listed.stdout, /false-positive/);
});

test("decisions are exported as a baseline that scans take", async () => {
  const root = clones({ one: { "a.env": leak(1), "b.env": leak(2) } });
  const store = place();
  const found = await fingerprints(store, root);
  await leakreach(["triage", found["a.env"]!, "--store", store, "--status", "revoked", "--reason", "rotated"]);
  const file = `${store}.json`;
  await leakreach(["triage", "--store", store, "--baseline", file]);
  const { stdout } = await leakreach(["scan", join(root, "one"), "--baseline", file]);
  assert.match(stdout, /1 leaked secret in 1 file/);
  assert.match(stdout, /Known from the baseline, so not listed: 1/);
  rmSync(file);
});

test("a decision needs a finding and a reason, and a line cut off by a crash is none", async () => {
  const root = clones({ one: { "a.env": leak(1) } });
  const store = place();
  const found = await fingerprints(store, root);
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [[found["a.env"]!, "--status", "accepted"], /--reason/],
    [[found["a.env"]!, "--reason", "x"], /--status/],
    [["lr1:00000000000000000000000000000000", "--status", "accepted", "--reason", "x"], /is no finding/],
    [["--status", "accepted"], /of which finding/],
  ];
  for (const [args, message] of cases) {
    const ran = await leakreach(["triage", ...args, "--store", store]);
    assert.equal(ran.code, 2);
    assert.match(ran.stderr, message);
  }
  appendFileSync(join(store, "triage.jsonl"), '{"schema":1,"finger');
  assert.equal((await leakreach(["triage", "--store", store])).stdout, "Nothing was decided.\n");
});

test("two sweeps are compared: new, gone, still there, and what nobody can say", async () => {
  const root = clones({ one: { "a.env": leak(1), "b.env": leak(2) }, two: { "c.env": leak(3) } });
  const [earlier, later] = [place(), place()];
  await swept(earlier, root);
  const rewritten = join(root, "one");
  rmSync(join(rewritten, ".git"), { recursive: true });
  rmSync(join(rewritten, "a.env"));
  const { git } = await import("../sources/repository.ts");
  git(rewritten, "init", "-q");
  commit(rewritten, { "d.env": leak(4) });
  rmSync(join(root, "two"), { recursive: true });
  await swept(later, root);
  const ran = await leakreach(["diff", earlier, later, "--format", "json", "--fail-on-new"]);
  assert.equal(ran.code, 1);
  const found = JSON.parse(ran.stdout) as Record<string, { places: { place: { path: string } }[] }[]>;
  const paths = Object.fromEntries(
    Object.entries(found).map(([name, all]) => [name, all.map((one) => one.places[0]!.place.path)]),
  );
  assert.deepEqual(paths, { new: ["d.env"], still: ["b.env"], gone: ["a.env"], unknown: ["c.env"] });
  assert.match((await leakreach(["diff", earlier, later])).stdout, /^New: 1\n.*d\.env.*\n\nGone/);
  assert.equal((await leakreach(["diff", later, later, "--fail-on-new"])).code, 0);
});

test("the stores of all shards, merged, report what one sweep does", async () => {
  const root = many(12);
  const whole = (await sweeping(place(), root, "--format", "json")).stdout;
  const parts = [place(), place(), place()];
  for (const [i, store] of parts.entries()) await swept(store, root, "--shard", `${i + 1}/3`);
  const merged = place();
  const ran = await leakreach(["merge", ...parts, "--store", merged, "--format", "json"]);
  assert.equal(ran.stdout, whole);
  assert.equal(
    (await swept(merged, root)).repositories.every(({ report }) => report.stats.blobs < 3),
    true,
  );
  const index = await leakreach(["sweep", root, "--store", place(), "--shard", "/3"], {
    env: { JOB_COMPLETION_INDEX: "1" },
  });
  assert.equal(index.code, 1);
});

test("a merge says which sweep is not done, and takes no store that holds something", async () => {
  const root = clones({ one: { "a.env": leak(1) } });
  const [store, merged] = [place(), place()];
  await swept(store, root);
  const [run] = (await import("node:fs")).readdirSync(join(store, "runs")).filter((name) => name.endsWith(".json"));
  const file = join(store, "runs", run!);
  writeFileSync(file, readFileSync(file, "utf8").replace(/,"endedAt":"[^"]+"/, ""));
  const ran = await leakreach(["merge", store, "--store", merged]);
  assert.match(ran.stdout, /its sweep did not come to its end/);
  const again = await leakreach(["merge", store, "--store", merged]);
  assert.equal(again.code, 2);
  assert.ok(!existsSync(join(merged, "lock")));
});

test("the report of a sweep fits its published schema", async () => {
  const root = clones({ one: { "a.env": leak(1), "b.env": leak(2) }, two: { "a.env": leak(1) } });
  const store = place();
  const found = await fingerprints(store, root);
  const decision = [
    "--status",
    "revoked",
    "--on",
    "2026-11-01",
    "--expires",
    "2099-01-01",
    "--reason",
    "test",
    "--by",
    "me",
  ];
  await leakreach(["triage", found["b.env"]!, "--store", store, ...decision]);
  const report = await swept(store, root, "--exclude", "two");
  const { Ajv2020 } = await import("ajv/dist/2020.js");
  const ajv = new Ajv2020({ allErrors: true, formats: { "date-time": true, date: true } });
  const schema = (name: string) => JSON.parse(readFileSync(`docs/${name}.schema.json`, "utf8"));
  const validate = ajv.addSchema(schema("report")).compile(schema("sweep"));
  assert.ok(validate(report), JSON.stringify(validate.errors?.slice(0, 3)));
  assert.deepEqual([report.triage.length, report.leftOut], [1, { excluded: 1 }]);
  assert.ok(!validate({ ...report, extra: 1 }));
});
