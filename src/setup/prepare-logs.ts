import { type LogFacts, ScanError } from "../model/index.ts";
import type { Unseen } from "../scan/incident.ts";
import type { Window } from "../scan/log-ends.ts";
import { type Prepared, prepare } from "./prepare.ts";
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
export async function prepareLogs(
  request: LogsRequest,
  signal: AbortSignal,
  unseen: () => Unseen = () => ({ missing: 0, known: 0 }),
): Promise<Prepared> {
  const { since, until } = request;
  if (since !== undefined && until !== undefined && since > until)
    throw new ScanError("usage", "--since is later than --until: no log is of that time");
  const prepared = await prepare({ allFiles: true, ...request, log: true }, signal);
  const { policy } = prepared.options;
  const exposed = request.public
    ? { ...policy, defaults: { ...policy.defaults, exposure: "public" as const } }
    : policy;
  const logs: LogFacts[] = [];
  return {
    ...prepared,
    options: {
      ...prepared.options,
      policy: exposed,
      places: {
        hear: (result) => logs.push(...result.logs),
        locate: async ({ matches }) => {
          const { endLogs } = await import("../scan/log-ends.ts");
          const { incidentNotices } = await import("../scan/incident.ts");
          const located = endLogs(matches, logs, { since, until });
          const incident = incidentNotices(located.matches, logs, { since, until }, unseen());
          return { ...located, notices: [...incident, ...(located.notices ?? [])] };
        },
      },
    },
  };
}
