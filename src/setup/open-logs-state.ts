import type { KnownFinding } from "../history/state.ts";
import type { Report } from "../model/index.ts";
import type { ScanOptions } from "../scan/options.ts";
import { byLevel, joined, rulesHash } from "./known.ts";
import { logsStatePieces, readLogsState } from "./logs-state.ts";
import type { Prepared } from "./prepare.ts";

/** What a request says of its state. */
interface StateRequest {
  readonly state: string;
  readonly save?: (pieces: Iterable<Uint8Array>) => void;
  readonly version?: string;
  readonly policy?: string;
  /** It remembers logs alone: whoever asks keeps the findings. */
  readonly namesOnly?: true;
}

/** A state that is in use. */
interface OpenState {
  readonly logs: ReadonlySet<string>;
  readonly options: Pick<ScanOptions, "earlier" | "baseline" | "notices">;
  /** Adds logs in which nothing was found, now and then. */
  readonly keep: (logs: readonly string[]) => void;
  readonly write: (logs: readonly string[], report: Report) => void;
}

/** Logs, and the share of all, after which the state is written while a sweep goes on. */
const OFTEN = { logs: 25, share: 0.05 };

/** Opens the state that a request names; only logs that it does not have are to be read. */
export function openState(request: StateRequest, prepared: Prepared): OpenState {
  const path = request.state;
  const { baseline, notices } = prepared.options;
  const rules = rulesHash(prepared, request, request.version ?? "");
  const before = readLogsState(path);
  const isSame = before?.rules === rules;
  const logs = isSame ? before.logs : new Set<string>();
  const findings = request.namesOnly ? [] : (before?.findings ?? []);
  const changed = `rules, settings or leakreach itself changed since ${path} was written: every log is read again`;
  const save = (more: readonly string[], known: readonly KnownFinding[]): void =>
    request.save?.(logsStatePieces({ rules, findings: known, logs: new Set([...logs, ...more]) }));
  let kept = 0;
  return {
    logs,
    options: {
      ...(!request.namesOnly && {
        earlier: byLevel(findings),
        baseline: {
          file: path,
          fingerprints: new Set([...findings.map(({ fingerprint }) => fingerprint), ...(baseline?.fingerprints ?? [])]),
        },
      }),
      notices: [...(before && !isSame ? [changed] : []), ...notices],
    },
    keep: (more) => {
      if (more.length - kept < Math.max(OFTEN.logs, OFTEN.share * (logs.size + kept))) return;
      save(more, findings);
      kept = more.length;
    },
    write: (more, report) => save(more, request.namesOnly ? [] : joined(isSame ? findings : [], report)),
  };
}
