import assert from "node:assert/strict";
import { cpSync, existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { queueAddress } from "../../src/queue/address.ts";
import { hostOf, idOf, jobOf, priorityOf, readJob } from "../../src/queue/job.ts";
import { packed, unpacked } from "../../src/queue/outcome.ts";
import { leakreach } from "../cli/leakreach.ts";
import { folder } from "../config/folder.ts";
import { leak } from "../scan/running.ts";
import { clones, place, swept } from "../sweep/sweeping.ts";

const target = {
  repository: { id: "github.com/acme/shop", name: "acme/shop" },
  at: { kind: "remote" as const, url: "https://github.com/acme/shop.git" },
};
/** Where a password stands: a template is none, so that a scan of this file finds nothing. */
const WORD = "sesame";
const AT = "p%40";
const look = { what: "history" as const, trustConfig: false, requests: false, fileTimeout: 120 };
const job = jobOf(target, { run: "20261121T120000Z-00000000", settings: "0", look });
const read = (value: unknown) => readJob(JSON.parse(JSON.stringify(value)));

test("a job is read as it was made, and what it does not know is left out", () => {
  assert.deepEqual(read({ ...job, token: "x", look: { ...look, config: "/etc/passwd" } }), job);
});

const REFUSED: readonly [name: string, value: unknown, why: RegExp][] = [
  ["nothing", undefined, /no object/],
  ["a text", "text", /no object/],
  ["another version", { ...job, schema: 2 }, /schema 2, and this leakreach knows 1/],
  ["a way to fetch that runs commands", { ...job, at: { kind: "remote", url: "ext::sh -c id" } }, /no address/],
  ["an address that is a flag", { ...job, at: { kind: "remote", url: "--upload-pack=id" } }, /no address/],
  ["an address with a login", { ...job, at: { kind: "remote", url: `https://me:${WORD}@h/x` } }, /a login stands in/],
  ["both places", { ...job, at: { kind: "folder", url: "https://h/x" } }, /no place/],
  ["an endless patience", { ...job, look: { ...look, fileTimeout: 1e9 } }, /more than 86400/],
  ["a time before all", { ...job, look: { ...look, now: -1 } }, /no number from 0 up/],
  ["another way to look", { ...job, look: { ...look, what: "all" } }, /none of history, tree/],
];
for (const [name, value, why] of REFUSED)
  test(`${name} is no job`, () => {
    assert.throws(() => readJob(value), why);
    assert.throws(
      () => readJob(value),
      (error: Error) => !error.message.includes(WORD),
    );
  });

test("the same repository of the same run has the same id, and any other another", () => {
  const other = { ...target.repository, id: "github.com/acme/shop2" };
  const ids = [job, { ...job, run: "r" }, { ...job, repository: other }].map(idOf);
  assert.equal(new Set(ids).size, 3);
  assert.equal(idOf(read(job)), ids[0]);
  for (const id of ids) assert.match(id, /^[\w-]+$/);
});

test("what is fetched counts for its host, what lies on the machine for none", () => {
  const hosts = ["https://GitHub.com/a/b", "ssh://git@h:22/a/b", "git@h.io:a/b"].map((url) =>
    hostOf({ ...job, at: { kind: "remote", url } }),
  );
  assert.deepEqual(hosts, ["github.com", "h:22", "h.io"]);
  assert.equal(hostOf({ ...job, at: { kind: "folder", path: "/x" } }), undefined);
  assert.equal(hostOf({ ...job, at: { kind: "remote", url: "file:///x" } }), undefined);
});

test("small repositories and those recently pushed to come first", () => {
  const now = Date.parse("2026-11-21T00:00:00Z");
  const at = (bytes: number, pushedAt: string) => priorityOf({ ...target, bytes, pushedAt }, now);
  const [best, ...rest] = [at(1e5, "2026-11-20"), at(1e9, "2026-11-20"), at(1e5, "2016-01-01"), at(1e12, "1970-01-01")];
  for (const other of rest) assert.ok(best! < other, `${best} comes before ${other}`);
  const unknown = priorityOf(target, now);
  assert.ok(best! < unknown && unknown < rest.at(-1)!, "what no host tells is in between");
  // BullMQ's own bounds.
  for (const each of [best!, unknown, at(1e18, "0001-01-01"), at(0, "2999-01-01")])
    assert.ok(Number.isInteger(each) && each >= 1 && each <= 2_097_151);
});

test("a report comes out of a queue byte for byte as it went in", async () => {
  const root = clones({
    one: { "x.env": leak(1), "sub/y.env": leak(1), "z.env": `${leak(2)}password = "${WORD}2${WORD}"\n` },
  });
  const { repositories } = await swept(place(), root);
  const report = repositories[0]!;
  const own = { repository: report.repository, finishedAt: report.finishedAt, report: report.report };
  assert.ok(own.report.findings.length >= 2);
  const out = unpacked(JSON.parse(JSON.stringify(packed({ report: own }))));
  assert.equal(JSON.stringify(out), JSON.stringify({ report: own }));
});

const zipped = (text: string | Uint8Array): string => gzipSync(text).toString("base64");
const BROKEN: readonly [name: string, value: unknown][] = [
  ["nothing", undefined],
  ["an empty one", {}],
  ["a number", { report: 1 }],
  ["what is not packed", { report: "{}" }],
  ["what is no report", { report: zipped('{"repository": {"id": "x"}}') }],
  ["what unpacks to half a gigabyte", { report: zipped(new Uint8Array(500 << 20)) }],
];
for (const [name, value] of BROKEN)
  test(`${name} is no result`, () => {
    assert.throws(
      () => unpacked(value),
      (error: Error) => error.name === "ScanError",
    );
  });

test("addresses of queues are read, and shown without their login", () => {
  const cases = [
    ["redis://h", { kind: "redis", host: "h", port: 6379, isEncrypted: false }, "redis://h:6379"],
    [`valkeys://u:${AT}@h:1/2`, { user: "u", password: "p@", database: "2", isEncrypted: true }, "valkeys://h:1/2"],
    ["redis://[::1]:7", { host: "::1", port: 7 }, "redis://[::1]:7"],
    ["postgres://u@h/d?sslmode=require", { kind: "postgres", database: "d", isEncrypted: true }, "postgres://h:5432/d"],
  ] as const;
  for (const [text, expected, shown] of cases) {
    const address = queueAddress(text, {});
    assert.deepEqual({ ...address, ...expected, shown }, address);
  }
  assert.equal(queueAddress("redis://h", { LEAKREACH_QUEUE_PASSWORD: "p" }).password, "p");
});

test("without the packages it is said which to install", async () => {
  const root = folder({});
  cpSync(resolve("dist"), join(root, "dist"), { recursive: true });
  assert.ok(!existsSync(join(root, "node_modules")));
  for (const [queue, packages] of [
    ["redis://localhost", "bullmq@6 ioredis"],
    ["postgres://localhost/x", "bullmq@6 pg"],
  ])
    for (const command of [["worker"], ["sweep", clones({ a: { b: "c\n" } }), "--store", place()]]) {
      const ran = await leakreach([...command, "--queue", queue!], { cli: join(root, "dist/leakreach.js") });
      assert.equal(ran.code, 2, ran.stderr);
      assert.match(ran.stderr, new RegExp(`npm install ${packages};`));
    }
});
