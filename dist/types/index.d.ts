import { type ScanEvent } from "./scan/scan.ts";
import { type LogsRequest } from "./setup/prepare-logs.ts";
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
export declare function scan(request?: ScanRequest, signal?: AbortSignal): AsyncGenerator<ScanEvent>;
/** Scans CI logs, and says of each place its system, run, job, step and time. Gives what {@link scan} gives. */
export declare function scanLogs(request: LogsRequest, signal?: AbortSignal): AsyncGenerator<ScanEvent>;
