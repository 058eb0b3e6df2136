import { grouped, type Report } from "../model/index.ts";
import { askMore } from "../providers/ask-more.ts";
import { type Fetching, fetchingSource } from "../providers/fetched.ts";
import { OPEN } from "../providers/open.ts";
import { PATIENCE, type Patience, type Waiting } from "../providers/patience.ts";
import type { ProviderName, Wanted } from "../providers/provider.ts";
import { DEFAULT_LIMITS } from "../sources/unit.ts";
import { openState } from "./open-logs-state.ts";
import type { Prepared } from "./prepare.ts";
import { type LogsRequest, prepareLogs } from "./prepare-logs.ts";
import { ReadLogs } from "./read-logs.ts";

/** What a caller asks of logs that are still at their provider. */
export interface FetchedLogsRequest
  extends Omit<LogsRequest, "paths" | "stdinPath" | "include" | "exclude" | "allFiles">,
    Wanted {
  readonly provider: ProviderName;
  /** `OWNER/REPO`, or however the provider names one. */
  readonly projects: readonly string[];
  /** Where credentials and addresses stand. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly patience?: Partial<Patience>;
  /** Is told of long waits. */
  readonly waiting?: Waiting;
  /** The file that remembers which logs were looked through: only the others are fetched. */
  readonly state?: string;
  /** Writes that file, whole or not at all. */
  readonly save?: (pieces: Iterable<Uint8Array>) => void;
  /** The state remembers logs alone, and no finding of earlier runs counts as known. */
  readonly namesOnly?: true;
  /** The version of leakreach, for the state. */
  readonly version?: string;
}

/** A scan of fetched logs that is ready to run. */
export interface PreparedLogs extends Prepared {
  /** Removes what was fetched. */
  readonly close: () => void;
  /** Remembers what was looked through, once everything was reported. */
  readonly remember: (report: Report) => void;
}

/**
 * Makes sources that fetch logs, and options for them. The only scan that opens connections: to the provider that was
 * named, and to where that keeps its logs.
 */
export async function prepareFetchedLogs(request: FetchedLogsRequest, signal: AbortSignal): Promise<PreparedLogs> {
  const {
    provider,
    projects,
    env,
    patience,
    waiting = () => {},
    run,
    workflow,
    branch,
    since,
    until,
    ...rest
  } = request;
  // Standard input stands for what has no folder: settings are those that were named.
  const prepared = await prepareLogs({ ...rest, since, until, paths: ["-"] }, signal, () => {
    const { expired, unread, known } = fetching.done;
    return { missing: expired + unread, known };
  });
  const surroundings = {
    env,
    signal,
    patience: { ...PATIENCE, ...patience },
    waiting,
    largest: request.maxFileSize ?? DEFAULT_LIMITS.fileSize,
  };
  const wanted: Wanted = { run, workflow, branch, since, until };
  const open = await OPEN[provider]();
  const providers = [...new Set(projects)].map((project) => open(project, wanted, surroundings));
  const state = request.state === undefined ? undefined : openState({ ...request, state: request.state }, prepared);
  const fetching = fetchingSource({
    providers,
    isKnown: (log) => state?.logs.has(log) ?? false,
    begun: (log, units) => marks.begun(log, units),
    unread: (log) => marks.unread(log),
  });
  const marks = new ReadLogs(fetching.logOf);
  const { places } = prepared.options;
  return {
    ...prepared,
    sources: fetching.sources,
    close: fetching.close,
    remember: (report) => state?.write(marks.whole(), report),
    options: {
      ...prepared.options,
      ...state?.options,
      // What waits for a thread keeps its file, and no more than some files are kept.
      alwaysThreads: true,
      finished: (unit, result) => {
        marks.finished(unit, result);
        fetching.finished(unit);
      },
      places: {
        hear: (result) => {
          places?.hear(result);
          if (marks.hear(result)) state?.keep(marks.empty());
        },
        locate: async (seen, threads) => {
          const { matches } = seen;
          const located = (await places?.locate(seen, threads)) ?? { matches, gaps: [] };
          marks.leftOut(matches, located.matches);
          const more = await askMore(located.matches, fetching.asking, signal);
          const notices = [...told(fetching.done), ...(located.notices ?? []), ...more.notices];
          return { ...located, matches: more.matches, notices };
        },
      },
    },
  };
}

/** What came of the sweep, in a sentence. */
function told({ fetched, expired, unread, known }: Readonly<Fetching>): string[] {
  const others = [
    known > 0 ? `${grouped(known)} were known from an earlier run` : "",
    expired > 0 ? `${grouped(expired)} had expired or were deleted, so nothing can be said of them` : "",
    unread > 0 ? `${grouped(unread)} could not be fetched` : "",
  ].filter((part) => part !== "");
  return [[`${grouped(fetched)} ${fetched === 1 ? "log was" : "logs were"} fetched`, ...others].join("; ")];
}
