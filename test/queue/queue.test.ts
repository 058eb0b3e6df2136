import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { join } from "node:path";
import { after, type TestContext, test } from "node:test";
import { queueAddress } from "../../src/queue/address.ts";
import { post } from "../../src/queue/board.ts";
import { jobOf } from "../../src/queue/job.ts";
import { openTurns } from "../../src/queue/limits.ts";
import { unpacked } from "../../src/queue/outcome.ts";
import type { JsonSweepReport } from "../../src/report/sweep-report.ts";
import { listingOf } from "../../src/sweep/sources/listing.ts";
import { leakreach, type Ran } from "../cli/leakreach.ts";
import { folder } from "../config/folder.ts";
import { mintHmac } from "../decode/mint-jwt.ts";
import { leak } from "../scan/running.ts";
import { clones, commit, foundIn, gapsIn, NOW, place, sweeping, swept } from "../sweep/sweeping.ts";
import { freePort, SERVERS, type ServerKind, serverFor } from "./servers.ts";
import { inQueue, jobsIn, until, worker } from "./working.ts";

/** A test with each kind of server. */
function withEach(name: string, act: (address: string, context: TestContext) => Promise<void>): void {
  for (const kind of SERVERS) test(`${kind.name}: ${name}`, (context) => withServer(kind, context, act));
}

async function withServer(
  kind: ServerKind,
  context: TestContext,
  act: (address: string, context: TestContext) => Promise<void>,
): Promise<void> {
  const server = await serverFor(context, kind);
  if (server) await act(server.address, context);
}

/** Sweeps by a queue; `during` may end the sweep. */
const handedOut = (
  queue: string,
  store: string,
  args: readonly string[],
  during?: Parameters<typeof leakreach>[1],
): Promise<Ran> =>
  leakreach(["sweep", ...args, "--queue", queue, "--store", store, "--now", NOW, "--format", "json"], during);

/** Puts jobs up, and is killed when all are there. */
const postedOnly = (queue: string, store: string, count: number, ...args: readonly string[]) =>
  handedOut(queue, store, args, {
    during: async (child) => {
      await until(async () => (await jobsIn(queue)) >= count, "the jobs are put up");
      child.kill("SIGKILL");
    },
  });

/** A host of repositories that answers as it is told. */
async function host(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  after(() => server.close().closeAllConnections());
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
}

/** One that never answers: whoever asks is under way until broken off. */
const silent = (): Promise<string> => host(() => {});

const listOf = (...lines: readonly string[]): string => join(folder({ "list.txt": lines.join("\n") }), "list.txt");

withEach(
  "what was found waits for the sweep, holds no secret, and keys prove tokens as on one machine",
  async (queue) => {
    const key = randomBytes(24).toString("hex");
    const claims = { iss: "https://login.acme.io/", sub: "a", aud: "b", exp: Date.parse(NOW) / 1000 + 600 };
    const root = clones({
      front: { "token.txt": `${mintHmac(claims, key)}\n` },
      server: { ".env": `JWT_SECRET=${key}\n` },
      other: { "x.env": leak(1), "b.txt": "text\n" },
    });
    const store = place();
    await postedOnly(queue, store, 3, root);
    const drained = worker(queue, "--drain", "--root", root);
    assert.equal(await drained.ended, 0, drained.said());
    const held = await inQueue(queue, async (jobs) => {
      const done = await jobs.getJobs(["completed"]);
      return JSON.stringify(done.map((job) => [job.toJSON(), unpacked(job.returnvalue)]));
    });
    assert.equal(held.match(/"fingerprint"/g)?.length, 3);
    assert.ok(!held.includes(key) && !held.includes("ghp_"), "no secret was in the queue");
    const resumed = await handedOut(queue, store, ["--resume"]);
    const alone = await sweeping(place(), root, "--format", "json");
    assert.equal(resumed.stdout, alone.stdout, resumed.stderr);
    assert.match(resumed.stdout, /signs the token at front: token\.txt:1/);
    assert.equal(await jobsIn(queue), 0);
    const blobs = ({ repositories }: JsonSweepReport) =>
      repositories.reduce((sum, { report }) => sum + report.stats.blobs, 0);
    const next = await swept(store, root);
    assert.ok(blobs(next) < blobs(JSON.parse(alone.stdout)), "the next sweep knows what workers looked through");
  },
);

withEach("the next sweep by queue looks only through what is new to its workers", async (queue) => {
  const root = clones({ one: { "x.env": leak(1), "b.txt": "text\n", "c.txt": "another\n" } });
  const [store, cache] = [place(), place()];
  const flags = ["--root", root, "--cache", cache, "--drain"];
  const looked = async (): Promise<JsonSweepReport> => {
    const ran = await handedOut(queue, store, [root], {
      during: async () => {
        await until(async () => (await jobsIn(queue)) > 0, "the job is put up");
        assert.equal(await worker(queue, ...flags).ended, 0);
      },
    });
    assert.equal(ran.code, 1, ran.stderr);
    return JSON.parse(ran.stdout) as JsonSweepReport;
  };
  const blobs = ({ repositories: [one] }: JsonSweepReport) => one!.report.stats.blobs;
  assert.equal(blobs(await looked()), 4);
  commit(join(root, "one"), { "d.env": leak(2) });
  const second = await looked();
  assert.equal(blobs(second), 3, "what is new, and what held something");
  assert.deepEqual(foundIn(second), { one: ["d.env", "x.env"] });
});

withEach("a worker with other settings looks at nothing, and says why", async (queue) => {
  const root = clones({ one: { "x.env": leak(1) } });
  const config = join(folder({ "c.yml": `salt: ${randomBytes(16).toString("hex")}\n` }), "c.yml");
  const store = place();
  await postedOnly(queue, store, 1, root, "--config", config);
  const other = worker(queue, "--root", root);
  assert.equal(await other.ended, 2);
  assert.match(other.said(), /has other settings than this worker/);
  assert.equal(await worker(queue, "--root", root, "--drain", "--config", config).ended, 0);
  const salted = await handedOut(queue, store, ["--resume", "--config", config]);
  assert.equal(salted.stdout, (await sweeping(place(), root, "--format", "json", "--config", config)).stdout);
});

withEach("what a sweep has left that is gone and had other settings is in nobody's way", async (queue) => {
  const root = clones({ one: { "x.env": leak(1) } });
  const [target] = (await listingOf([root], { env: {}, signal: new AbortController().signal, waiting: () => {} }))
    .targets;
  const look = { what: "history", trustConfig: false, requests: false, fileTimeout: 120 } as const;
  await inQueue(queue, (jobs) => post(jobs, [{ job: jobOf(target!, { run: "gone", settings: "other", look }) }], 3));
  const working = worker(queue, "--root", root);
  const ran = await handedOut(queue, place(), [root]);
  assert.equal(ran.code, 1, ran.stderr);
  await until(() => /left by a sweep that is gone and had other settings/.test(working.said()), "it is said");
  working.child.kill("SIGTERM");
  assert.equal(await working.ended, 0);
  assert.equal(await jobsIn(queue), 0);
});

withEach("a sweep that starts afresh takes away what the one before it has left", async (queue) => {
  const store = place();
  await postedOnly(queue, store, 2, clones({ one: { "x.env": leak(1) }, two: { "x.env": leak(2) } }));
  await handedOut(queue, store, [clones({ three: { "x.env": leak(3) } })], {
    during: async (child) => {
      const names = () =>
        inQueue(queue, async (jobs) => (await jobs.getJobs(["prioritized"])).map(({ data }) => data.repository.name));
      await until(async () => (await names()).join() === "three", "only its own are there");
      child.kill("SIGKILL");
    },
  });
});

withEach("that no worker is there is said", async (queue) => {
  const ran = await handedOut(queue, place(), [clones({ one: { "x.env": leak(1) } })], {
    during: (child) => {
      child.stderr!.on(
        "data",
        (text) => /no worker with the settings of this sweep/.test(text) && child.kill("SIGTERM"),
      );
    },
  });
  assert.equal(ran.code, 130);
});

withEach("stopped, a worker hands back what it cannot finish, as if nobody had begun it", async (queue) => {
  const at = await silent();
  await postedOnly(queue, place(), 1, `${at}/acme/shop`);
  const stopped = worker(queue, "--grace", "0.1", "--cache", place());
  await until(() => inQueue(queue, async (jobs) => (await jobs.getActiveCount()) === 1), "it is begun");
  stopped.child.kill("SIGTERM");
  assert.equal(await stopped.ended, 0, stopped.said());
  const [job] = await inQueue(queue, (jobs) => jobs.getJobs(["waiting", "prioritized"]));
  assert.equal(job?.attemptsMade, 0);
});

withEach("what kills the process that looks at it is set aside after its tries, and listed", async (queue) => {
  const at = await silent();
  const root = clones({ good: { "x.env": leak(1) } });
  const poisoned = worker(queue, "--root", root, "--cache", place());
  const store = place();
  const ran = await handedOut(queue, store, [listOf(`${at}/acme/poison`, root), "--tries", "1"], {
    during: async () => {
      await until(
        () => inQueue(queue, async (jobs) => (await jobs.getActive())[0]?.data.at.kind === "remote"),
        "begun",
      );
      await until(() => looker(poisoned.child.pid!) !== undefined, "its process is there");
      process.kill(looker(poisoned.child.pid!)!, "SIGKILL");
    },
  });
  assert.equal(ran.code, 1, ran.stderr);
  const report = JSON.parse(ran.stdout) as JsonSweepReport;
  assert.match(
    gapsIn(report).join("\n"),
    /acme\/poison: set aside after 1 tries: the process .* was killed \(SIGKILL\)/,
  );
  assert.equal(report.repositories.length, 2);
});

withEach(
  "what is no job is set aside, and a job may not name folders that the worker does not share",
  async (queue) => {
    const root = clones({ inside: { "x.env": leak(1) } });
    const elsewhere = clones({ outside: { "x.env": leak(2) } });
    await inQueue(queue, async (jobs) => {
      // biome-ignore lint/suspicious/noExplicitAny: whatever somebody may have put there.
      const add = (data: any, jobId: string) => jobs.add("look", data, { jobId, attempts: 3 });
      await add("text", "a");
      await add({ schema: 1, run: "r", repository: { id: "x" } }, "b");
      await add({ schema: 99 }, "c");
    });
    const working = worker(queue, "--root", root);
    const ran = await handedOut(queue, place(), [root, elsewhere]);
    const report = JSON.parse(ran.stdout) as JsonSweepReport;
    assert.match(
      gapsIn(report).join("\n"),
      /^outside: outside: this worker does not look through folders of its machine/,
    );
    assert.equal(report.repositories.flatMap(({ report: { findings } }) => findings).length, 1);
    const failed = await inQueue(queue, (jobs) => jobs.getFailed());
    assert.deepEqual(failed.map(({ id }) => id).sort(), ["a", "b", "c"]);
    for (const { failedReason } of failed) assert.match(failedReason, /^it cannot be read as a job: /);
    working.child.kill("SIGTERM");
    assert.equal(await working.ended, 0);
  },
);

withEach("all workers together ask a host no more often than they may", async (queue) => {
  const asked = new Set<string>();
  const at = await host(({ url }, response) => {
    asked.add(url!.split("/")[2]!);
    response.writeHead(404).end();
  });
  const store = place();
  await postedOnly(queue, store, 3, listOf(...["a", "b", "c"].map((name) => `${at}/acme/${name}`)), "--host-rate", "1");
  const [one, two] = [worker(queue, "--cache", place()), worker(queue, "--cache", place())];
  const counted = (state: "completed" | "delayed") => inQueue(queue, (jobs) => jobs.getJobCountByTypes(state));
  await until(async () => (await counted("completed")) === 1 && (await counted("delayed")) === 2, "two have to wait");
  assert.equal(asked.size, 1);
  for (const { child } of [one, two]) child.kill("SIGTERM");
  assert.deepEqual([await one.ended, await two.ended], [0, 0]);
  const turns = await openTurns(queueAddress(queue, {}));
  const waits = [await turns.take("h", 60_000), await turns.take("h", 60_000), await turns.take("other", 60_000)];
  await turns.close();
  assert.ok(waits[0] === 0 && waits[1]! > 30_000 && waits[2] === 0, waits.join());
});

test("a queue that cannot be had is said to be so, without its password", async () => {
  const password = randomBytes(12).toString("hex");
  const closed = await freePort();
  const addresses = [
    `redis://nobody:${password}@127.0.0.1:${closed}`,
    `postgres://nobody:${password}@127.0.0.1:${closed}/db`,
    `redis://localhost:${password}`,
    `ftp://x:${password}@localhost`,
    `redis://x:${password}@localhost/#x`,
    `redis://x:${password}@localhost/${password}`,
    `postgres://x:${password}@localhost/x?password=${password}`,
  ];
  for (const ran of await Promise.all(addresses.map((address) => leakreach(["worker", "--queue", address])))) {
    assert.equal(ran.code, 2, ran.stderr);
    assert.match(ran.stderr, /queue/);
    assert.ok(!ran.stderr.includes(password), ran.stderr);
  }
});

withEach("a password that the server refuses is not repeated", async (queue) => {
  const url = new URL(queue);
  url.username = "nobody";
  url.password = randomBytes(12).toString("hex");
  url.pathname = "/nowhere";
  if (url.protocol === "redis:") url.pathname = "/0";
  const ran = await leakreach(["worker", "--queue", url.href, "--drain"]);
  assert.equal(ran.code, 2);
  assert.match(ran.stderr, /the queue \S+ cannot be used: /);
  assert.ok(!ran.stderr.includes(url.password), ran.stderr);
});

/** The process of a worker that looks through repositories. */
function looker(pid: number): number | undefined {
  const path = `/proc/${pid}/task/${pid}/children`;
  return Number(readText(path).trim().split(" ")[0]) || undefined;
}

function readText(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return "";
  }
}
