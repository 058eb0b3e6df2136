import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { JsonSweepReport } from "../../src/report/sweep-report.ts";
import { leakreach } from "../cli/leakreach.ts";
import { mintHmac } from "../decode/mint-jwt.ts";
import { clones, gapsIn, NOW, place, sweeping, swept } from "./sweeping.ts";

const KEY = randomBytes(24).toString("hex");
const CLAIMS = {
  iss: "https://login.acme.io/",
  sub: "svc-a",
  aud: "https://api.acme.io/",
  exp: Date.parse(NOW) / 1000 + 600,
};

/** A token in one repository, its key in another, and a key that fits nothing in a third. */
const apart = (): string =>
  clones({
    front: { "token.txt": `${mintHmac(CLAIMS, KEY)}\n` },
    server: { ".env": `JWT_SECRET=${KEY}\n` },
    other: { ".env": `JWT_SECRET=${randomBytes(24).toString("hex")}\n` },
  });

const findingsOf = (report: JsonSweepReport) =>
  Object.fromEntries(report.repositories.map(({ repository, report: own }) => [repository.name, own.findings[0]!]));

test("a key in one repository proves the token in another, and is a key that signs", async () => {
  const root = apart();
  const store = place();
  const { front, server, other } = findingsOf(await swept(store, root));
  assert.ok(
    front!.facts.every(({ basis }) => basis === "proved"),
    "the token is proved",
  );
  assert.ok(
    front!.reasons.some((reason) => /server: \.env/.test(reason)),
    front!.reasons.join("; "),
  );
  assert.ok(server!.breaches.includes("BR-KEY"));
  assert.ok(server!.reasons.some((reason) => /signs the token at front: token\.txt:1/.test(reason)));
  assert.equal(server!.score > other!.score, true);
  assert.deepEqual(
    [front!.pairedWith, server!.pairedWith, other!.pairedWith],
    [[server!.fingerprint], [front!.fingerprint], []],
  );
  for (const name of readdirSync(store, { recursive: true })
    .map(String)
    .filter((path) => path.includes(".json")))
    assert.ok(!readFileSync(join(store, name), "latin1").includes(KEY), name);
});

test("the same holds in the next sweep, and in one that goes on after all was looked through", async () => {
  const root = apart();
  const store = place();
  const first = (await sweeping(store, root, "--format", "json")).stdout;
  const [run] = readdirSync(join(store, "runs")).filter((name) => name.endsWith(".json"));
  const file = join(store, "runs", run!);
  writeFileSync(file, readFileSync(file, "utf8").replace(/,"endedAt":"[^"]+"/, ""));
  const resumed = (await sweeping(store, root, "--format", "json", "--resume")).stdout;
  assert.equal(resumed, first);
  assert.deepEqual(findingsOf(await swept(store, root)), findingsOf(JSON.parse(first)));
});

test("one that cannot be read again to try its keys is a gap", async () => {
  const root = apart();
  const store = place();
  await swept(store, root);
  const [run] = readdirSync(join(store, "runs")).filter((name) => name.endsWith(".json"));
  const file = join(store, "runs", run!);
  writeFileSync(file, readFileSync(file, "utf8").replace(/,"endedAt":"[^"]+"/, ""));
  rmSync(join(root, "server"), { recursive: true });
  for (let times = 0; times < 2; times++) {
    const ran = await sweeping(store, root, "--format", "json", "--resume");
    writeFileSync(file, readFileSync(file, "utf8").replace(/,"endedAt":"[^"]+"/, ""));
    const report = JSON.parse(ran.stdout) as JsonSweepReport;
    assert.deepEqual(gapsIn(report), [
      "server: server: its tokens and keys were not tried on those of other repositories: it is not there any more",
    ]);
    assert.equal(report.complete, false);
  }
});

test("a key that is nowhere any more proves nothing any more", async () => {
  const root = apart();
  const store = place();
  await swept(store, root);
  const report = JSON.parse(
    (await leakreach(["sweep", root, "--store", store, "--exclude", "server", "--now", NOW, "--format", "json"]))
      .stdout,
  );
  assert.deepEqual(findingsOf(report).front!.pairedWith, []);
});
