import { scan as run, type ScanEvent } from "./scan/scan.ts";
import { prepare } from "./setup/prepare.ts";
import { type LogsRequest, prepareLogs } from "./setup/prepare-logs.ts";
import type { ScanRequest } from "./setup/request.ts";

export * from "./model/index.ts";
export type { ScanEvent } from "./scan/scan.ts";
export type { LogsRequest } from "./setup/prepare-logs.ts";
export type { ScanRequest } from "./setup/request.ts";

/**
 * Scans and gives `match` and `gap` events as they come, then `finding` events, worst first, then one `report` event.
 * Never prints, never ends the process; an aborted scan still gives a report, which says that it is not complete.
 * Throws {@link ScanError} for what the caller can mend: a path that is not there, settings that are wrong.
 */
export async function* scan(
  request: ScanRequest = {},
  signal: AbortSignal = new AbortController().signal,
): AsyncGenerator<ScanEvent> {
  const { sources, options } = await prepare(request, signal);
  yield* run(sources, options);
}

/** Scans CI logs, and says of each place its system, run, job, step and time. Gives what {@link scan} gives. */
export async function* scanLogs(
  request: LogsRequest,
  signal: AbortSignal = new AbortController().signal,
): AsyncGenerator<ScanEvent> {
  const { sources, options } = await prepareLogs(request, signal);
  yield* run(sources, options);
}
