import { setTimeout as pausing } from "node:timers/promises";
import type { BackendFactory, Queue } from "bullmq";
import { ScanError } from "../model/index.ts";
import { type QueueAddress, toldOf } from "./address.ts";
import { advised } from "./advice.ts";
import { QUEUE, type SweepJob } from "./job.ts";
import type { PackedOutcome } from "./outcome.ts";

/** BullMQ, which is loaded only for queues, and what it has to be told to reach a server. */
export interface Server {
  readonly address: QueueAddress;
  readonly bull: typeof import("bullmq");
  // biome-ignore lint/suspicious/noExplicitAny: each of BullMQ's backends has a form of its own.
  readonly options: { readonly connection: any };
  readonly factory: BackendFactory;
}

/** The queue as its sweeps have it. */
export type JobQueue = Queue<SweepJob, PackedOutcome, string>;

/** Loads what a queue needs. Throws {@link ScanError} with the packages to install. */
export async function serverAt(address: QueueAddress): Promise<Server> {
  const isRedis = address.kind === "redis";
  const bull = await loaded(address, () => import("bullmq"));
  await loaded(address, () => (isRedis ? import("ioredis") : import("pg")));
  const connection = isRedis ? redisOptions(address) : postgresOptions(address);
  const factory = isRedis ? bull.createRedisBackend : bull.createPostgresBackend;
  return { address, bull, options: { connection }, factory: factory as unknown as BackendFactory };
}

async function loaded<T extends object>({ kind }: QueueAddress, load: () => Promise<T>): Promise<T> {
  try {
    const found = await load();
    return "default" in found ? (found.default as T) : found;
  } catch (error) {
    if (!/MODULE_NOT_FOUND/.test((error as NodeJS.ErrnoException).code ?? "")) throw error;
    const packages = kind === "redis" ? "bullmq@6 ioredis" : "bullmq@6 pg";
    throw new ScanError(
      "usage",
      `--queue needs packages that leakreach does not bring: npm install ${packages}; in a clone, npm ci`,
    );
  }
}

/** Milliseconds until a connection counts as failed. */
const CONNECTING = 10_000;

/** What ioredis is told, as BullMQ wants it: a command waits until the server is back. */
export function redisOptions({ host, port, user, password, database, isEncrypted }: QueueAddress) {
  return {
    host,
    port,
    ...(user !== undefined && { username: user }),
    ...(password !== undefined && { password }),
    db: Number(database ?? 0),
    ...(isEncrypted && { tls: {} }),
    connectTimeout: CONNECTING,
    maxRetriesPerRequest: null,
    retryStrategy: (times: number) => Math.min(times * 200, 2_000),
  };
}

/** What pg is told; what is left out it takes from its own environment (PGUSER, PGPASSWORD and the like). */
export function postgresOptions({ host, port, user, password, database, isEncrypted }: QueueAddress) {
  return {
    host,
    port,
    ...(user !== undefined && { user }),
    ...(password !== undefined && { password }),
    ...(database !== undefined && { database }),
    ...(isEncrypted && { ssl: true }),
    application_name: QUEUE,
    connectionTimeoutMillis: CONNECTING,
    max: 4,
    schema: QUEUE,
    migrate: true,
  };
}

/** Days that results are kept for a sweep that was stopped. */
const KEPT = 14 * 86_400;

/** Milliseconds that a server may take to be there, and between two tries. */
const PATIENCE = 10_000;
const PAUSE = 500;

/** Opens the queue. Throws {@link ScanError} if its server cannot be reached. */
export async function openQueue(server: Server): Promise<JobQueue> {
  const { bull, options, factory, address } = server;
  const until = Date.now() + PATIENCE;
  const defaults = { removeOnComplete: { age: KEPT }, removeOnFail: { age: KEPT }, stackTraceLimit: 0 };
  const streams = { events: { maxLen: 100 } };
  for (;;) {
    const queue = new bull.Queue(QUEUE, { ...options, streams, defaultJobOptions: defaults }, factory) as JobQueue;
    const fault = await faultOf(queue);
    if (!fault) return queue;
    queue.on("error", () => {});
    await queue.close().catch(() => {});
    if (!isOutage(fault) || Date.now() > until)
      throw new ScanError(
        "queue-failed",
        `the queue ${address.shown} cannot be used: ${advised(toldOf(fault, address), address)}`,
      );
    await pausing(PAUSE);
  }
}

/** Why a queue cannot be used; undefined once it can. */
function faultOf(queue: JobQueue): Promise<unknown> {
  return new Promise((done) => {
    queue.on("error", done);
    queue.waitUntilReady().then(() => {
      queue.off("error", done);
      done(undefined);
    }, done);
    setTimeout(() => done(new Error("it does not answer")), CONNECTING).unref();
  });
}

/** Whether a server is only away for now: it is not there yet, restarts, or has closed a connection. */
export function isOutage(error: unknown): boolean {
  const { code = "", message = "", errors } = error as NodeJS.ErrnoException & { errors?: readonly unknown[] };
  if (errors?.some(isOutage)) return true;
  // PostgreSQL Error Codes, classes 08 and 57P.
  return /^(?:ECONN|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|08|57P)/.test(code) || GONE.test(message);
}

const GONE =
  /connection (?:is closed|terminated|timeout|ended)|ECONNREFUSED|LOADING|UNBLOCKED|starting up|shutting down/i;
