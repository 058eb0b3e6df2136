import { crc32 } from "node:zlib";
import { isAbsent, readSmall } from "../git/regular-file.ts";
import type { KnownFinding } from "../history/state.ts";
import { LEVELS, type Level, ScanError } from "../model/index.ts";

/** What earlier sweeps looked through, and what they reported: names of logs and fingerprints, never a secret. */
export interface LogsState {
  /** Hash of everything that decides what is found. */
  readonly rules: string;
  readonly findings: readonly KnownFinding[];
  readonly logs: ReadonlySet<string>;
}

const LARGEST = 2 ** 30;
const AGAIN = "remove the file, and the next run reads every log";
const HEAD = /^leakreach-logs-state (\d{1,9}) ([0-9a-f]{8})\n/;
const NAME = /^[a-z]{1,20}\/[^\0-\x1f\x7f]{1,1000}$/;

/** Reads a state; undefined if there is no such file. Whatever is wrong with it is an error, never a sweep that passes something over. */
export function readLogsState(path: string): LogsState | undefined {
  let bytes: Buffer | undefined;
  try {
    bytes = readSmall(path, LARGEST);
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw invalid(path, `cannot be read (${(error as NodeJS.ErrnoException).code ?? (error as Error).message})`);
  }
  return bytes && parsed(path, bytes);
}

/** A line with format and checksum, a line of JSON, then a line for each log. */
function parsed(path: string, bytes: Buffer): LogsState {
  const head = HEAD.exec(bytes.toString("latin1", 0, 100));
  if (!head) throw invalid(path, `is no state of a sweep of logs, or is damaged: ${AGAIN}`);
  if (head[1] !== "1")
    throw invalid(path, `is of format ${head[1]}, and this leakreach reads 1: use a newer one, or ${AGAIN}`);
  const body = bytes.subarray(head[0].length);
  if (checksum(body) !== head[2]) throw invalid(path, `is damaged: ${AGAIN}`);
  const [json, ...names] = body.toString("utf8").trimEnd().split("\n");
  const { rules, findings } = JSON.parse(json!) as Record<string, unknown>;
  const isSound = typeof rules === "string" && Array.isArray(findings) && findings.every(isFinding);
  if (!isSound || !names.every((name) => NAME.test(name)))
    throw invalid(path, `holds something else than a state: ${AGAIN}`);
  return { rules, findings, logs: new Set(names) };
}

/** A state as it stands in its file. */
export function logsStatePieces({ rules, findings, logs }: LogsState): readonly Uint8Array[] {
  const body = Buffer.from(`${[JSON.stringify({ rules, findings }), ...[...logs].sort()].join("\n")}\n`);
  return [Buffer.from(`leakreach-logs-state 1 ${checksum(body)}\n`), body];
}

const checksum = (bytes: Uint8Array): string => crc32(bytes).toString(16).padStart(8, "0");

function isFinding(value: unknown): value is KnownFinding {
  const { fingerprint, rule, level } = (value ?? {}) as Record<string, unknown>;
  return typeof fingerprint === "string" && typeof rule === "string" && LEVELS.includes(level as Level);
}

const invalid = (path: string, why: string): ScanError => new ScanError("state-invalid", `the state ${path} ${why}`);
