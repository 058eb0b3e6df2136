import { compare, type Report, rank } from "../model/index.ts";
import { type JsonExposure, type JsonFinding, jsonReport } from "../report/json.ts";
import { joinLess } from "../scan/joining.ts";
import { scan } from "../scan/scan.ts";
import { prepareFetchedLogs } from "../setup/prepare-fetched-logs.ts";
import { pairable } from "./across.ts";
import { bounded, MOST_PLACES_EACH } from "./bounded.ts";
import { providersEnvironment } from "./logs-of.ts";
import { type Company, type Looked, type Looking, optionsOf, withGaps } from "./look.ts";
import type { Before } from "./recording.ts";
import type { Target } from "./target.ts";

type LogsTarget = Target & { readonly at: { readonly kind: "logs" } };

export const isLogs = (target: Target): target is LogsTarget => target.at.kind === "logs";

/**
 * Reads the CI logs of a repository that no earlier sweep has read. The report has what was found in those, too: logs
 * are read once, and gone after some weeks.
 */
export async function lookThroughLogs(
  { repository, at }: LogsTarget,
  looking: Looking,
  { stored, stateFile }: Pick<Before, "stored" | "stateFile">,
  signal: AbortSignal,
  { hear = () => {} }: Company,
): Promise<Looked> {
  const { settings, now, logs = {}, trustConfig, version } = looking;
  let state: Iterable<Uint8Array> | undefined;
  const prepared = await prepareFetchedLogs(
    {
      ...settings,
      ...logs,
      ...(now !== undefined && { now }),
      ...(trustConfig ? {} : { untrusted: true as const }),
      provider: at.provider,
      projects: [at.project],
      env: providersEnvironment(process.env),
      public: repository.visibility === "public",
      lineHashes: false,
      state: stateFile,
      namesOnly: true,
      save: (pieces) => {
        state = pieces;
      },
      version,
    },
    signal,
  );
  try {
    let report: Report | undefined;
    for await (const event of scan(prepared.sources, { ...prepared.options, beforeLarge: joinLess })) {
      hear(event);
      if (event.type === "report") report = event.report;
    }
    if (!report) throw new Error("a scan ended without a report");
    if (!signal.aborted) prepared.remember(report);
    const { report: kept, gaps } = bounded(report);
    const found = withGaps(jsonReport(kept, optionsOf(looking)), gaps);
    return {
      report: { ...found, findings: joined(stored()?.report.findings ?? [], found.findings) },
      secrets: report.findings.length > 0 ? pairable(report.findings, (await prepared.options.knowledge()).rules) : [],
      ...(state && { state }),
    };
  } finally {
    prepared.close();
  }
}

/** What was found before and what is new, each credential once; as it was judged last. */
function joined(before: readonly JsonFinding[], found: readonly JsonFinding[]): JsonFinding[] {
  const all = new Map(before.map((finding) => [finding.fingerprint, finding]));
  for (const finding of found) {
    const known = all.get(finding.fingerprint);
    all.set(finding.fingerprint, known ? { ...finding, exposures: places(known, finding) } : finding);
  }
  return [...all.values()].sort(
    (a, b) => rank(b.level) - rank(a.level) || b.score - a.score || compare(a.fingerprint, b.fingerprint),
  );
}

function places(known: JsonFinding, found: JsonFinding): JsonFinding["exposures"] {
  const all = new Map<string, JsonExposure>();
  for (const place of [...known.exposures, ...found.exposures])
    all.set(`${[place.path, ...(place.inner ?? [])].join("\0")}\0${place.line}\0${place.column}`, place);
  return [...all.values()].slice(0, MOST_PLACES_EACH) as unknown as JsonFinding["exposures"];
}
