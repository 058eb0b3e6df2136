import { ScanError } from "../model/index.ts";
import { sweptRepository } from "../report/input/report-shape.ts";
import { flag, maybe, number, oneOf, record, type Shape, text, Unfit } from "../report/input/shape.ts";
import type { SweptRepository } from "../report/repository-report.ts";
import { BY_ONE_MACHINE } from "../sweep/logs-of.ts";
import type { Looking } from "../sweep/look.ts";
import { addressTarget } from "../sweep/sources/address.ts";
import { nameOf } from "../sweep/store/store.ts";
import type { Place, Target } from "../sweep/target.ts";

/** The queue that all sweeps and workers of a server share. */
export const QUEUE = "leakreach";

/** The version of what a job holds. */
const JOB_SCHEMA = 1;

/** One repository to be looked through. Nothing in it is secret: a worker has its own logins and settings. */
export interface SweepJob {
  readonly schema: number;
  /** The run of the sweep that asks. */
  readonly run: string;
  /** What decides the findings, as a hash: {@link settingsHash}. A worker with other settings must not look. */
  readonly settings: string;
  readonly repository: SweptRepository;
  readonly at: ClonePlace;
  /** As its host says. */
  readonly bytes?: number;
  readonly look: JobLook;
  /** Most repositories that all workers together fetch from one host in a minute. */
  readonly hostRate?: number;
  /** When its host may be asked: milliseconds since 1970. */
  readonly slot?: number;
}

/** Where a worker looks. Logs are read by the sweep itself: what is known of them is in its store. */
export type ClonePlace = Exclude<Place, { readonly kind: "logs" }>;

/** What of a look the sweep decides; the rest is the worker's own. */
export interface JobLook {
  readonly what: Looking["what"];
  readonly trustConfig: boolean;
  /** Pull and merge requests, too. */
  readonly requests: boolean;
  readonly now?: number;
  readonly maxSize?: number;
  readonly maxFileSize?: number;
  readonly fileTimeout: number;
}

const DAY = 86_400;

/** A number from 0 to a bound. */
const upTo =
  (most: number): Shape<number> =>
  (value, at) => {
    const read = number(value, at);
    if (read > most) throw new Unfit(at, `more than ${most}`);
    return read;
  };

const place: Shape<ClonePlace> = (value, at) => {
  const { kind, path, url } = record({ kind: oneOf("folder", "remote"), path: maybe(text), url: maybe(text) })(
    value,
    at,
  );
  if (kind === "folder" && path !== undefined) return { kind, path };
  if (kind !== "remote" || url === undefined) throw new Unfit(at, "no place of a repository");
  const target = addressTarget(url);
  if ("fault" in target) throw new Unfit(at, `no address: ${target.fault}`);
  return { kind, url };
};

const job: Shape<SweepJob> = record({
  schema: number,
  run: text,
  settings: text,
  repository: sweptRepository,
  at: place,
  bytes: maybe(number),
  look: record({
    what: oneOf("history", "tree"),
    trustConfig: flag,
    requests: flag,
    now: maybe(upTo(253_402_300_799)),
    maxSize: maybe(number),
    maxFileSize: maybe(number),
    fileTimeout: upTo(DAY),
  }),
  hostRate: maybe(upTo(1_000_000)),
  slot: maybe(number),
});

/** Reads a job, which whoever writes to the queue may have made. Throws {@link ScanError} for what is none. */
export function readJob(value: unknown): SweepJob {
  const { schema } = (value ?? {}) as { schema?: unknown };
  if (typeof schema === "number" && schema !== JOB_SCHEMA)
    throw new ScanError("queue-failed", `it is a job of schema ${schema}, and this leakreach knows ${JOB_SCHEMA}`);
  return job(value, "");
}

/** The job for a target of a run. */
export function jobOf(target: Target, rest: Pick<SweepJob, "run" | "settings" | "look" | "hostRate">): SweepJob {
  const { repository, at, bytes } = target;
  if (at.kind === "logs") throw new ScanError("usage", BY_ONE_MACHINE);
  return { schema: JOB_SCHEMA, repository, at, ...(bytes !== undefined && { bytes }), ...rest };
}

/** The same for the same repository of the same run: a queue takes it once. */
export const idOf = ({ run, repository }: Pick<SweepJob, "run" | "repository">): string =>
  `${prefixOf(run)}${nameOf(repository.id)}`;

/** What the ids of a run's jobs begin with. */
export const prefixOf = (run: string): string => `${run}-`;

/** The host a job fetches from, as its rate is counted; undefined for what lies on the worker's machine. */
export function hostOf({ at }: SweepJob): string | undefined {
  const target = at.kind === "remote" ? addressTarget(at.url) : undefined;
  return target && "repository" in target ? target.repository.id.split("/", 1)[0] || undefined : undefined;
}

/** Bytes and days that are taken for a repository of which no host says them. */
const USUAL = { bytes: 20e6, days: 90 };

/**
 * The place of a target in the queue, from 1: small repositories and those recently pushed to come first. Ten times as large
 * weighs as much as ten times as long ago. `now` is milliseconds.
 */
export function priorityOf({ bytes = USUAL.bytes, pushedAt }: Target, now: number): number {
  const pushed = Date.parse(pushedAt ?? "");
  const days = Number.isNaN(pushed) ? USUAL.days : Math.max(0, now - pushed) / (DAY * 1000);
  return 1 + Math.round(1000 * (Math.log10(1 + bytes / 1e6) + Math.log10(1 + days)));
}
