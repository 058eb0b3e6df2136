import { compare } from "../model/index.ts";
import { safeJson } from "./redact.ts";
import type { RepositoryReport } from "./repository-report.ts";
import { type JsonSweepReport, SWEEP_SCHEMA, type SweepReport } from "./sweep-report.ts";

/** Writes a sweep in JSON, in pieces: one line for each repository. */
export function* sweepJsonPieces({
  version,
  now,
  repositories,
  gaps,
  leftOut,
  triage,
}: SweepReport): Generator<string> {
  const found = new Set<string>();
  let isComplete = gaps.length === 0;
  for (const { report } of repositories()) {
    isComplete &&= report.stats.complete;
    for (const { fingerprint } of report.findings) if (triage.has(fingerprint)) found.add(fingerprint);
  }
  const head: Omit<JsonSweepReport, "repositories"> = {
    schema: SWEEP_SCHEMA,
    tool: { name: "leakreach", version },
    now,
    complete: isComplete,
    gaps,
    leftOut,
    triage: [...found].sort(compare).map((fingerprint) => triage.get(fingerprint)!),
  };
  yield `${safeJson(head, 2).slice(0, -"\n}".length)},\n  "repositories": [`;
  let before = "\n    ";
  for (const repository of repositories()) {
    yield before + repositoryJson(repository);
    before = ",\n    ";
  }
  yield `${before.startsWith(",") ? "\n  " : ""}]\n}\n`;
}

/** One line for each repository, nothing else. */
export function* sweepJsonLines({ repositories }: SweepReport): Generator<string> {
  for (const repository of repositories()) yield `${repositoryJson(repository)}\n`;
}

/** What a store adds for its own use is left out. */
const repositoryJson = ({ repository, finishedAt, firstSeen, report }: RepositoryReport): string =>
  safeJson({ repository, finishedAt, ...(firstSeen && { firstSeen }), report });
