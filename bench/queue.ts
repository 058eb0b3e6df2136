import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { queueAddress } from "../src/queue/address.ts";
import { underWay } from "../src/queue/board.ts";
import { sweepByQueue } from "../src/queue/hand-out.ts";
import { Outage } from "../src/queue/outage.ts";
import { packed } from "../src/queue/outcome.ts";
import { openQueue, serverAt } from "../src/queue/server.ts";
import { work } from "../src/queue/worker.ts";
import { type JsonReport, REPORT_SCHEMA } from "../src/report/json.ts";
import { before, recordLook } from "../src/sweep/recording.ts";
import { type Run, startRun } from "../src/sweep/store/runs.ts";
import { openStore, type Store } from "../src/sweep/store/store.ts";
import type { Target } from "../src/sweep/target.ts";
import { median } from "./measure.ts";

const NOW = "2026-11-21T12:00:00.000Z";
const CLI = resolve("dist/leakreach.js");
const counts = { rules: 0, files: 0, blobs: 0, bytes: 0, archives: 0, candidates: 0, matches: 0, none: 0 };
const nothing: JsonReport = {
  schema: REPORT_SCHEMA,
  tool: { name: "leakreach", version: "0" },
  findings: [],
  gaps: [],
  stats: { ...counts, skipped: {}, suppressed: {}, notices: [], milliseconds: 0, complete: true, now: NOW },
};

/** What the queues of LEAKREACH_QUEUES cost, and how fast the repositories in LEAKREACH_SWEEP are swept by them. */
export async function queueFigures(): Promise<Record<string, number | string>> {
  const addresses = (process.env.LEAKREACH_QUEUES ?? "").split(/\s+/).filter(Boolean);
  if (addresses.length === 0) return { skipped: "set LEAKREACH_QUEUES to redis://... postgres://..." };
  const root = process.env.LEAKREACH_SWEEP;
  const figures: Record<string, number> = {};
  const add = (address: string, found: Record<string, number>) => {
    for (const [name, value] of Object.entries(found)) figures[`${new URL(address).protocol} ${name}`] = value;
  };
  for (const address of addresses) await refuseBusy(address);
  for (const address of addresses) add(address, await overhead(address, 500, 3));
  for (const address of root ? addresses : []) add(address, await throughput(address, root!, 3));
  return figures;
}

/** What others have in a queue would be measured, too. */
async function refuseBusy(address: string): Promise<void> {
  const queue = await openQueue(await serverAt(queueAddress(address, process.env)));
  const left = await underWay(queue);
  await queue.close();
  if (left > 0) throw new Error(`${left} jobs are in a queue of LEAKREACH_QUEUES: name databases that are empty`);
}

/** Milliseconds a job costs that nothing has to be looked at for: put up, taken, answered, collected and recorded; and the recording alone. */
async function overhead(address: string, jobs: number, rounds: number): Promise<Record<string, number>> {
  const [all, store]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    all.push((await inStore(jobs, (store, run) => throughQueue(address, store, run))) / jobs);
    store.push((await inStore(jobs, recordedOnly)) / jobs);
  }
  return { jobs, "ms a job": rounded(median(all)), "of these recording, ms": rounded(median(store)) };
}

async function inStore(jobs: number, act: (store: Store, run: Run) => Promise<void>): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "leakreach-bench-"));
  const store = openStore(join(folder, "store"));
  const plan = Array.from({ length: jobs }, (_, i): Target => {
    const id = `host.example/acme/r${i}`;
    return { repository: { id, name: `acme/r${i}` }, at: { kind: "remote", url: `https://${id}` } };
  });
  const run = startRun(store, { sources: ["bench"], what: "history", startedAt: NOW, plan, leftOut: {}, gaps: [] });
  const started = performance.now();
  await act(store, run);
  const took = performance.now() - started;
  const stored = [...store.all()].length;
  rmSync(folder, { recursive: true, force: true });
  if (stored !== jobs) throw new Error(`the answer is wrong: ${stored} of ${jobs} repositories`);
  return took;
}

async function throughQueue(text: string, store: Store, run: Run): Promise<void> {
  const address = queueAddress(text, process.env);
  const server = await serverAt(address);
  const queue = await openQueue(server);
  const stop = new AbortController();
  const working = work({
    server,
    lookers: {
      look: async ({ repository }) => {
        const outcome = packed({ report: { repository, finishedAt: NOW, report: nothing } });
        return { outcome, findings: 0, bytes: 0 };
      },
      close: () => {},
    },
    settings: "bench",
    concurrency: 2,
    lock: 30,
    grace: 20,
    drains: false,
    stop: { gently: stop.signal, atOnce: stop.signal },
    note: () => {},
    hear: () => {},
  });
  const { signal } = new AbortController();
  const sweeping = sweepByQueue({
    store,
    run,
    looking: { what: "history", settings: {}, trustConfig: false, version: "0" },
    bring: () => Promise.reject(new Error("nothing is brought")),
    ahead: 1,
    signal,
    queue,
    outage: new Outage(address, () => {}),
    settings: "bench",
    look: { what: "history", trustConfig: false, requests: false, fileTimeout: 120 },
    tries: 1,
    joins: false,
  });
  for await (const _ of sweeping);
  stop.abort();
  await working;
  await queue.close();
}

async function recordedOnly(store: Store, run: Run): Promise<void> {
  for (const target of run.plan)
    recordLook(store, run, target, { report: nothing, secrets: [] }, before(store, target.repository.id));
}

/** Seconds of whole sweeps of a folder of repositories: on one machine, and by one and by two workers that look at one repository at a time with one thread. */
async function throughput(address: string, root: string, rounds: number): Promise<Record<string, number>> {
  const ways: readonly [name: string, workers: number][] = [
    ["one process, s", 0],
    ["1 worker, s", 1],
    ["2 workers, s", 2],
  ];
  const seconds = ways.map((): number[] => []);
  for (let round = 0; round < rounds; round++)
    for (const [i, [, workers]] of ways.entries()) seconds[i]!.push(await swept(address, root, workers));
  const figures = Object.fromEntries(ways.map(([name], i) => [name, rounded(median(seconds[i]!))]));
  return { ...figures, "1 worker / 2 workers": rounded(median(seconds[1]!) / median(seconds[2]!)) };
}

async function swept(address: string, root: string, count: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "leakreach-bench-"));
  // What workers keep of a round would spare them the next.
  const own = ["--root", root, "--cache", join(folder, "cache"), "--concurrency", "1", "--jobs", "1", "--quiet"];
  const flags = ["--queue", address, ...own];
  const workers = Array.from({ length: count }, () => run(["worker", ...flags]));
  const started = performance.now();
  const queue = count > 0 ? ["--queue", address, "--no-across"] : ["--jobs", "1"];
  const store = join(folder, "store");
  const sweep = run(["sweep", root, "--store", store, "--format", "jsonl", ...queue]);
  const ended = workers.map((worker) => once(worker, "close"));
  const tooSoon = Promise.race(ended).then(([code]) => Promise.reject(new Error(`a worker ended with ${code}`)));
  const [code] = await Promise.race([once(sweep, "close"), ...(count > 0 ? [tooSoon] : [])]);
  tooSoon.catch(() => {});
  const took = (performance.now() - started) / 1000;
  if (code !== 0 && code !== 1 && code !== 3) throw new Error(`the sweep by ${count} workers ended with ${code}`);
  for (const worker of workers) worker.kill("SIGTERM");
  await Promise.all(ended);
  rmSync(folder, { recursive: true, force: true });
  return took;
}

const run = (args: readonly string[]): ChildProcess => spawn(process.execPath, [CLI, ...args], { stdio: "ignore" });

const rounded = (value: number): number => Math.round(value * 100) / 100;
