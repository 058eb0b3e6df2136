import type { Unseen } from "../scan/incident.ts";
import type { Window } from "../scan/log-ends.ts";
import { type Prepared } from "./prepare.ts";
import type { ScanRequest } from "./request.ts";
/** What a caller asks of CI logs. */
export interface LogsRequest extends Omit<ScanRequest, "log">, Window {
    /** Anybody can read them: logs of a public project. */
    readonly public?: boolean;
}
/**
 * Makes sources and options for CI logs: files, folders, archives, standard input. What git ignores is read, too. `unseen`
 * is asked at the end for what could not be read.
 */
export declare function prepareLogs(request: LogsRequest, signal: AbortSignal, unseen?: () => Unseen): Promise<Prepared>;
