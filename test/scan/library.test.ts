import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { type Report, type RuleId, ScanError, type ScanEvent, type ScanRequest } from "../../src/index.ts";
import type { ScanOptions } from "../../src/scan/options.ts";
import { scan } from "../../src/scan/scan.ts";
import { prepare } from "../../src/setup/prepare.ts";
import { folder } from "../config/folder.ts";
import { mint, seededRandom } from "../mint/mint.ts";
import { gz, tarred, zipped } from "../sources/pack.ts";
import { repository } from "../sources/repository.ts";
import { eventsOf, filesOf, gapsOf, leak, reportOf, token } from "./running.ts";

const NOW = Date.parse("2026-09-01T00:00:00Z") / 1000;

const mixed = {
  "a.env": leak(1),
  "copy/a.env": leak(1),
  "x.zip": zipped({ "in.env": leak(2), "locked.gz": gz(leak(3)).subarray(0, 20) }),
  "y.tar": await tarred({ "in.env": leak(4) }),
  "broken.zip": Buffer.from("PK\x03\x04"),
  "jwt.txt": `Authorization: Bearer ${mint("{{jwt}}", seededRandom(2))}\n`,
  "allowed.env": leak(5).replace("\n", " # gitleaks:allow\n"),
  "big.log": `${"a line\n".repeat(900_000)}${leak(6)}`,
};

/** Runs a scan with options that only tests set. */
async function ran(request: ScanRequest, over: Partial<ScanOptions>): Promise<{ events: ScanEvent[]; report: Report }> {
  const prepared = await prepare({ now: NOW, ...request }, over.signal ?? new AbortController().signal);
  const events: ScanEvent[] = [];
  for await (const event of scan(prepared.sources, { ...prepared.options, ...over })) events.push(event);
  const last = events.at(-1);
  assert.ok(last?.type === "report");
  return { events, report: last.report };
}

test("events come in order: matches and gaps, then findings worst first, then one report", async () => {
  const events = await eventsOf({ paths: [folder(mixed)] });
  const types = events.map(({ type }) => type);
  assert.deepEqual([...new Set(types)].sort(), ["finding", "gap", "match", "progress", "report"]);
  assert.ok(Math.max(types.lastIndexOf("match"), types.lastIndexOf("gap")) < types.indexOf("finding"));
  assert.equal(types.indexOf("report"), types.length - 1);
  const scores = events.flatMap((event) => (event.type === "finding" ? [event.finding.reach.score] : []));
  assert.deepEqual(
    scores,
    scores.toSorted((a, b) => b - a),
  );
});

test("traces come only when asked for", async () => {
  const root = folder({ "a.env": leak(1) });
  const traces = async (explain: boolean) =>
    (await eventsOf({ paths: [root], explain })).filter(({ type }) => type === "trace").length;
  assert.deepEqual([await traces(false), (await traces(true)) > 0], [0, true]);
});

test("a secret hides itself in whatever prints an event", async () => {
  const events = await eventsOf({ paths: [folder({ "a.env": leak(1) })] });
  assert.ok(!JSON.stringify(events).includes(token(1).slice(4)));
  assert.ok(
    !String(events.map((event) => (event.type === "match" ? event.match.secret : ""))).includes(token(1).slice(4)),
  );
});

test("nothing is printed and nothing ends the process", async () => {
  const written: unknown[] = [];
  const { stdout, stderr } = process;
  const kept = { out: stdout.write, err: stderr.write, exit: process.exit };
  // The runner of the tests writes bytes.
  stdout.write = stderr.write = ((text: unknown) => typeof text !== "string" || written.push(text) > 0) as never;
  process.exit = (() => written.push("exit")) as never;
  try {
    await eventsOf({ paths: [folder(mixed)] });
    await assert.rejects(eventsOf({ paths: ["/nowhere/at/all"] }), ScanError);
  } finally {
    stdout.write = kept.out;
    stderr.write = kept.err;
    process.exit = kept.exit;
  }
  assert.deepEqual(written, []);
  assert.equal(process.exitCode, undefined);
});

test("a signal that is aborted already gives a report that is not complete", async () => {
  const report = await reportOf({ paths: [folder(mixed)] }, AbortSignal.abort());
  assert.equal(report.complete, false);
  assert.match(gapsOf(report).at(-1)!, /interrupted/);
});

const forest = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`d${i % 50}/f${i}.env`, leak(i)]));

for (const alwaysThreads of [true, false]) {
  test(`an abort at the first match stops ${alwaysThreads ? "threads" : "the scan"}, and what was found is reported`, async () => {
    const stop = new AbortController();
    const prepared = await prepare({ paths: [folder(forest)] }, stop.signal);
    let report: Report | undefined;
    for await (const event of scan(prepared.sources, { ...prepared.options, alwaysThreads, deadline: null })) {
      if (event.type === "match") stop.abort();
      if (event.type === "report") report = event.report;
    }
    assert.equal(report?.complete, false);
    assert.ok(report.findings.length > 0 && report.findings.length < 3000);
  });
}

test("a caller that stops listening stops the scan", async () => {
  const prepared = await prepare({ paths: [folder(forest)] }, new AbortController().signal);
  for await (const event of scan(prepared.sources, { ...prepared.options, alwaysThreads: true, deadline: null }))
    if (event.type === "match") break;
});

test("an aborted scan leaves nothing behind that keeps the process alive", async () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  const before = timers();
  const stop = new AbortController();
  const prepared = await prepare({ paths: [folder(forest)] }, stop.signal);
  for await (const event of scan(prepared.sources, { ...prepared.options, alwaysThreads: true, deadline: 3000 }))
    if (event.type === "match") stop.abort();
  assert.equal(timers(), before);
});

test("a worker that is over its deadline is ended: its file is a gap, the others are scanned", async () => {
  // Three blocks of base64 in base64 keep a worker busy for a while, whatever the machine.
  const slow = `${Buffer.from(`${Buffer.from("some words ".repeat(600_000)).toString("base64")} `).toString("base64")}\n`;
  const root = folder({ "a.env": leak(1), "slow.txt": slow.repeat(40), "z.env": leak(2) });
  const { report } = await ran({ paths: [root] }, { alwaysThreads: true, jobs: 1, deadline: 1200 });
  assert.deepEqual(filesOf(report), ["a.env", "z.env"]);
  assert.deepEqual(gapsOf(report), ["slow.txt: not scanned within 1.2 s; raise it with --file-timeout"]);
  assert.equal(report.complete, false);
});

test("a text that holds up the scan's only thread is a gap, and the others are scanned", async () => {
  const endless = {
    id: "endless" as RuleId,
    way: "literal" as const,
    anchor: "start" as const,
    keywords: ["never_ends"],
    pattern: "(?<secret>never_ends(?:a+)+b)",
  };
  const held = `never_ends${"a".repeat(60)}\n`;
  const root = folder({ "a.env": leak(1), "held.txt": held, "x.zip": zipped({ "held.txt": held }), "z.env": leak(2) });
  const { options } = await prepare({ paths: [root] }, new AbortController().signal);
  const scanner = { ...options.scanner, custom: [endless] };
  const { report } = await ran({ paths: [root] }, { scanner, deadline: 150 });
  assert.deepEqual(filesOf(report), ["a.env", "z.env"]);
  assert.deepEqual(gapsOf(report), [
    "held.txt: not scanned within 0.15 s; raise it with --file-timeout",
    "x.zip: not scanned within 0.15 s; raise it with --file-timeout",
  ]);
});

const trees: readonly [name: string, root: string][] = [
  ["files, archives and gaps", folder(mixed)],
  ["3,000 files", folder(forest)],
  ["a repository", repository(mixed)],
];

for (const [name, root] of trees) {
  test(`one thread, two threads and none give the same report of ${name}`, async () => {
    const told = async (over: Partial<ScanOptions>) => {
      const { report } = await ran({ paths: [root] }, { ...over, deadline: null });
      const { milliseconds: _, ...stats } = report.stats;
      return {
        findings: report.findings.map(({ secret, ...finding }) => ({ ...finding, secret: secret.reveal() })),
        gaps: gapsOf(report).sort(),
        stats,
      };
    };
    const none = await told({ alwaysThreads: false });
    assert.deepEqual(await told({ alwaysThreads: true, jobs: 1 }), none);
    assert.deepEqual(await told({ alwaysThreads: true, jobs: 2 }), none);
    assert.deepEqual(await told({ alwaysThreads: true, jobs: 7 }), none);
  });
}

test("two scans at once do not mix", async () => {
  const [one, two] = await Promise.all(
    [folder({ a: leak(1) }), folder({ b: leak(2) })].map((root) => reportOf({ paths: [root] })),
  );
  assert.deepEqual([filesOf(one!), filesOf(two!)], [["a"], ["b"]]);
});

const wrong: readonly [name: string, request: ScanRequest, code: string][] = [
  ["a path that is not there", { paths: ["/nowhere"] }, "path-missing"],
  ["settings that are not there", { config: "/nowhere.yml" }, "config-invalid"],
  ["a policy that is not there", { policy: "/nowhere.yml" }, "policy-invalid"],
  ["a baseline that is not there", { baseline: "/nowhere.json" }, "baseline-invalid"],
  ["keys that are not there", { jwks: "/nowhere.json" }, "jwks-invalid"],
];

for (const [name, request, code] of wrong) {
  test(`${name} throws a ScanError ${code} before anything is scanned`, async () => {
    await assert.rejects(eventsOf({ paths: [folder({ a: "" })], ...request }), { name: "ScanError", code });
  });
}

test("what only an untracked file holds is local if the policy has exposure found out", async () => {
  const root = repository({ "a.env": leak(31), ".leakreach.yml": "defaults: {exposure: auto}\n" });
  writeFileSync(join(root, "b.env"), leak(32));
  writeFileSync(join(root, "c.env"), leak(31));
  const exposures = (report: Report) =>
    Object.fromEntries(
      report.findings.map(({ exposures: [{ provenance }], reach }) => [
        provenance.path,
        reach.factors.find(({ name }) => name === "exposure")!.value,
      ]),
    );
  assert.deepEqual(exposures(await reportOf({ paths: [root] })), { "a.env": "internal", "b.env": "local" });
  writeFileSync(join(root, ".leakreach.yml"), "{}\n");
  assert.deepEqual(exposures(await reportOf({ paths: [root] })), { "a.env": "internal", "b.env": "internal" });
});
