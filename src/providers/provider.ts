import type { Gap, LogOrigin } from "../model/index.ts";
import type { SourceEvent } from "../sources/unit.ts";
import type { AskLeft, AskOpen } from "./learned.ts";
import type { Patience, Waiting } from "./patience.ts";

/** The systems whose logs are fetched. */
export const PROVIDERS = ["github", "gitlab", "jenkins", "circleci", "azure", "buildkite", "travis"] as const;

export type ProviderName = (typeof PROVIDERS)[number];

/** Which logs of a project are asked for; times are epoch seconds, both ends included. */
export interface Wanted {
  /** One run: a run, pipeline, build, by the number its system gives it. */
  readonly run?: string | undefined;
  readonly workflow?: string | undefined;
  readonly branch?: string | undefined;
  readonly since?: number | undefined;
  readonly until?: number | undefined;
}

/** What every provider is given. */
export interface Surroundings {
  /** Credentials and addresses stand here and nowhere else. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly patience: Patience;
  readonly waiting: Waiting;
  /** Bytes; a longer log is not read. */
  readonly largest: number;
}

/** A file of a log that was fetched. */
export interface LogFile {
  /** Its path below the folder of fetched logs: how reports name it. */
  readonly path: string;
  readonly origin: LogOrigin;
}

/** What was fetched of a log, and what of it could not be. */
export interface FetchedLog {
  readonly files: readonly LogFile[];
  readonly gaps: readonly Gap[];
}

/** Makes a file of a log and gives what takes its pieces; called again for the same path, it begins anew. */
export type Begin = (path: string) => (piece: Uint8Array) => void;

/** A log that a provider has. */
export interface RemoteLog {
  /** Names it for ever, among all logs of all providers: it stands in reports and states. */
  readonly name: string;
  /** Fetches it, mostly as one file. Throws `Unread`. */
  readonly fetch: (begin: Begin) => Promise<FetchedLog>;
  /** What is only asked for when something was found in it. */
  readonly left?: AskLeft;
  readonly open?: AskOpen;
}

/** What a list of logs consists of. */
export type Listed = { readonly type: "log"; readonly log: RemoteLog } | Exclude<SourceEvent, { type: "unit" }>;

/** The logs of one project. */
export interface Provider {
  /** How reports call it: `github:acme/app`. */
  readonly name: string;
  /** Logs fetched at once. */
  readonly atOnce: number;
  /** Lists the logs that are wanted, newest first. Throws `Unread` when the list cannot be had. */
  readonly logs: () => AsyncIterable<Listed>;
}

/** Opens a project at its provider; asks nothing yet. Throws `ScanError` for a name, an address or a wish that cannot be right. */
export type OpenProvider = (project: string, wanted: Wanted, surroundings: Surroundings) => Provider;

/** Seconds: a run may begin so long before it prints, since it may wait and be run again (GitHub: 35 and 30 days). */
export const EARLIER = 65 * 86_400;

/** Whether something that went on from `from` to `to` may have printed in the time that is asked for. */
export function isOf({ since, until }: Wanted, from: number | undefined, to: number | undefined): boolean {
  if (since !== undefined && to !== undefined && to < since) return false;
  return until === undefined || from === undefined || from <= until;
}

/** What has not ended has no whole log yet: of a run that was asked for it is a gap, of a list it is counted. */
export function unfinished(wanted: Wanted, name: string): Listed {
  if (wanted.run === undefined) return { type: "skipped", reason: "logs of what has not ended yet", count: 1 };
  return {
    type: "gap",
    gap: { what: name, why: "it has not ended yet, and its log is not whole: run again when it has" },
  };
}

/** A host as the name of a folder: a port's colon stands in no file name everywhere. */
export const folderOf = (host: string): string => host.replace(/[^A-Za-z0-9.-]/g, "_");
