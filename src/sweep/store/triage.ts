import { join } from "node:path";
import { ScanError } from "../../model/index.ts";
import { TRIAGE_STATUSES, type TriageMark } from "../../report/sweep-report.ts";
import { appendLine, readIfThere } from "./durable.ts";
import { migrated, STORE_SCHEMA } from "./schema.ts";
import type { Store } from "./store.ts";

/** A line of the triage file: a mark, or word that a credential is open again. */
type Line = Omit<TriageMark, "status"> & { readonly status: TriageMark["status"] | "open" };

const FINGERPRINT = /^lr\d+:[0-9a-f]{32}$/;

const fileOf = ({ folder }: Store): string => join(folder, "triage.jsonl");

/** Records a decision; the last one of a credential holds. A sweep may be running meanwhile. */
export function decide(store: Store, decision: Line): void {
  if (!FINGERPRINT.test(decision.fingerprint))
    throw new ScanError("usage", "that is no fingerprint: reports write them as lr1: and 32 digits");
  appendLine(fileOf(store), JSON.stringify({ schema: STORE_SCHEMA, ...decision }), true);
}

/** The decisions that hold at a time (epoch seconds), by fingerprint. One lasts through the whole of its last day (UTC). */
export function decisions(store: Store, now: number): Map<string, TriageMark> {
  const file = fileOf(store);
  const marks = new Map<string, TriageMark>();
  for (const text of (readIfThere(file) ?? "").split("\n").filter((line) => line !== "")) {
    const line = lineOf(text, file);
    if (!line) continue;
    marks.delete(line.fingerprint);
    if (line.status !== "open" && !isOver(line.expires, now)) marks.set(line.fingerprint, line as TriageMark);
  }
  return marks;
}

/** A line that was being written when the machine stopped is none. */
function lineOf(text: string, file: string): Line | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { schema: _, ...line } = migrated(value, file) as unknown as Line & { schema: number };
  const isKnown = line.status === "open" || TRIAGE_STATUSES.includes(line.status);
  if (!isKnown || typeof line.fingerprint !== "string")
    throw new ScanError("store-invalid", `${file} holds a decision that is none: remove that line`);
  return line;
}

const isOver = (day: string | undefined, now: number): boolean =>
  day !== undefined && now >= Date.parse(`${day}T00:00:00Z`) / 1000 + 86_400;

/** Adds the decisions of other stores to one, in the order in which they were made. */
export function copyDecisions(from: readonly Store[], into: Store): void {
  const lines = from.flatMap((store) =>
    (readIfThere(fileOf(store)) ?? "").split("\n").flatMap((text) => lineOf(text, fileOf(store)) ?? []),
  );
  for (const line of lines.sort((a, b) => (a.at < b.at ? -1 : 1))) decide(into, line);
}
