import type { Invocation, Location, Log, Notification, ReportingDescriptor, Result, Suppression } from "sarif";
import { type Finding, grouped, type Match, type Report } from "../model/index.ts";
import { jsonLeft } from "./json.ts";
import { exposuresOf, factorOf, listed } from "./listing.ts";
import type { ReportOptions } from "./options.ts";
import { cut, plain, REDACTED, safeJson } from "./redact.ts";
import {
  fitting,
  MOST_NOTIFICATIONS,
  MOST_PART,
  MOST_RELATED,
  MOST_RESULTS,
  MOST_RULES,
  SHOWN_LOCATIONS,
  SHOWN_RESULTS,
  shares,
} from "./sarif-limits.ts";
import { explanation, linksText, part, placeNote, sentence } from "./sarif-message.ts";
import { locationOf } from "./sarif-place.ts";
import { descriptors, sarifLevel, sarifRuleId } from "./sarif-rules.ts";

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

const NOTIFICATIONS: readonly ReportingDescriptor[] = [
  descriptor(
    "gap",
    "ScanGap",
    "Something in the scope of the scan could not be read.",
    "Make it readable, or leave it out of the scan.",
  ),
  descriptor(
    "truncated",
    "ReportCut",
    "The report was cut to what GitHub takes.",
    "Read the JSON report, which is whole.",
  ),
  descriptor("notice", "ScanNotice", "Something the reader should know about the scan.", "Read it."),
];

function descriptor(id: string, name: string, text: string, help: string): ReportingDescriptor {
  return { id, name, shortDescription: { text }, fullDescription: { text }, help: { text: help } };
}

/**
 * Makes the SARIF 2.1.0 log of a report: one result for each place of each secret, the worst first, tied together by
 * `leakreachFingerprint/v1`. What exceeds GitHub's limits is cut, the harmless first, and a notification says so.
 */
export function toSarif(report: Report, options: ReportOptions): Log {
  const findings = listed(report, options.minLevel).filter(
    (finding) => !(options.leaveOutSuppressed && finding.suppression),
  );
  const places = findings.map(exposuresOf);
  let most = MOST_RESULTS;
  for (;;) {
    const log = logOf(findings, places, most, report, options);
    const fraction = fitting(log);
    if (fraction >= 1 || most === 0) return log;
    // 5 % less than the fraction, as what is left compresses a little worse.
    most = Math.floor(Math.min(most, log.runs[0]!.results!.length) * fraction * 0.95);
  }
}

/** The same as JSON in pieces, one for each result. */
export function* sarifPieces(report: Report, options: ReportOptions): Generator<string> {
  const log = toSarif(report, options);
  const [run] = log.runs;
  const empty = '"results":[]';
  const [head, ...tail] = safeJson({ ...log, runs: [{ ...run, results: [] }] }).split(empty);
  yield `${head}"results":[`;
  for (const [at, result] of run!.results!.entries()) yield (at > 0 ? "," : "") + safeJson(result);
  yield `]${tail.join(empty)}\n`;
}

type Places = readonly [Match, ...Match[]];

function logOf(
  findings: readonly Finding[],
  places: readonly Places[],
  most: number,
  report: Report,
  options: ReportOptions,
): Log {
  const share = shares(
    places.map((each) => each.length),
    most,
  );
  const kept = findings.filter((_, at) => share[at]! > 0);
  const rules = descriptors(kept, options).slice(0, MOST_RULES);
  const ruleIndex = new Map(rules.map((rule, at) => [rule.id, at]));
  const links = relatedCounts(places, share);
  const results = findings.flatMap((finding, at) =>
    resultsOf(finding, places[at]!, { results: share[at]!, related: links[at]! }, ruleIndex, options),
  );
  const total = places.reduce((sum, each) => sum + each.length, 0);
  const cutLinks = places.some((each, at) => links[at]! < each.length - 1);
  return {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: { driver: driver(rules, options) },
        automationDetails: { id: "leakreach/" },
        invocations: [invocation(report, truncations(results.length, total, cutLinks))],
        columnKind: "utf16CodeUnits",
        redactionTokens: [REDACTED],
        results,
        properties: { now: report.now, complete: report.complete, stats: report.stats },
      },
    ],
  };
}

function driver(rules: ReportingDescriptor[], { version }: ReportOptions) {
  return {
    name: "leakreach",
    version,
    semanticVersion: version,
    informationUri: "https://www.npmjs.com/package/leakreach",
    rules,
    notifications: [...NOTIFICATIONS],
  };
}

/** How many other places the results of each secret list, within what GitHub shows and the budget of a run. */
function relatedCounts(places: readonly Places[], share: readonly number[]): number[] {
  let left = MOST_RELATED;
  return places.map((each, at) => {
    const results = Math.max(1, share[at]!);
    const count = Math.min(each.length - 1, SHOWN_LOCATIONS - 1, Math.floor(left / results));
    left -= count * results;
    return count;
  });
}

interface Share {
  readonly results: number;
  readonly related: number;
}

function resultsOf(
  finding: Finding,
  places: Places,
  share: Share,
  ruleIndex: ReadonlyMap<string, number>,
  options: ReportOptions,
): Result[] {
  const ruleId = sarifRuleId(finding);
  const index = ruleIndex.get(ruleId);
  if (index === undefined) return [];
  const { what, why } = explanation(finding, options);
  return places.slice(0, share.results).map((match, at) => {
    const related = others(places, at, share.related);
    return {
      ruleId,
      ruleIndex: index,
      level: sarifLevel(finding.reach.level),
      rank: finding.reach.score * 10,
      message: { text: `${what}${placeNote(match)} ${why}${linksText(related, places.length - 1)}` },
      locations: [locationOf(match)],
      partialFingerprints: {
        "leakreachFingerprint/v1": finding.fingerprint,
        ...(match.lineHash === undefined ? {} : { primaryLocationLineHash: match.lineHash }),
      },
      ...(related.length > 0 ? { relatedLocations: related.map(relatedLocation) } : {}),
      ...(finding.suppression ? { suppressions: [suppression(finding, match)] } : {}),
      ...(finding.baseline ? { baselineState: finding.baseline } : {}),
      properties: { blastRadius: blastRadius(finding), ...leftOf(match) },
    };
  });
}

/** What the run that printed it left beside its log. */
function leftOf({ provenance }: Match) {
  const left = provenance.kind === "log" ? provenance.log.left : undefined;
  if (!left) return {};
  const { artifacts, unknown, ...rest } = jsonLeft(left);
  return {
    left: {
      ...rest,
      ...(artifacts && { artifacts: { ...artifacts, names: artifacts.names.map(part) } }),
      ...(unknown && { unknown: unknown.map(part) }),
    },
  };
}

function others(places: Places, at: number, most: number): Match[] {
  const found: Match[] = [];
  for (let other = 0; other < places.length && found.length < most; other++) {
    if (other !== at) found.push(places[other]!);
  }
  return found;
}

function relatedLocation(match: Match, at: number): Location {
  return { id: at + 1, message: { text: "The same secret." }, ...locationOf(match) };
}

function blastRadius(finding: Finding) {
  const { score, level, impact, factors, reasons, breaches } = finding.reach;
  return {
    score,
    level,
    impact,
    factors: factors.map(({ name, value, weight, reason }) => ({ name, value, weight, reason: part(reason) })),
    reasons: reasons.map(part),
    breaches,
    confidence: factorOf(finding, "certainty") ?? "generic",
  };
}

/** A comment beside the secret is in the source; settings, ignore files and baselines are outside (SARIF 3.35). */
function suppression({ suppression }: Finding, match: Match): Suppression {
  const { by, reason, until } = suppression!;
  const parts = [`Allowed by ${by}`, reason, until && `until ${until}`].filter(Boolean).map((text) => part(text!));
  return { kind: match.allow ? "inSource" : "external", status: "accepted", justification: parts.join("; ") };
}

/** What was cut, in sentences. */
function truncations(results: number, total: number, cutLinks: boolean): string[] {
  const number = grouped;
  return [
    results < total
      ? `${number(total - results)} of ${number(total)} results are left out, the least severe: GitHub takes ${number(MOST_RESULTS)} results and 10 MB of gzip. The JSON report has them all.`
      : "",
    results > SHOWN_RESULTS
      ? `GitHub shows the ${number(SHOWN_RESULTS)} most severe of these ${number(results)} results.`
      : "",
    cutLinks
      ? `Some results link to only part of the other places of their secret: GitHub shows ${SHOWN_LOCATIONS} locations of a result. Every place is a result of its own.`
      : "",
  ].filter((text) => text !== "");
}

function invocation({ gaps, stats, complete }: Report, cuts: readonly string[]): Invocation {
  const most = MOST_NOTIFICATIONS - cuts.length - 1;
  const unlisted =
    gaps.length > most ? [`${gaps.length - most} more gaps are left out. The JSON report has them all.`] : [];
  return {
    executionSuccessful: complete,
    toolExecutionNotifications: [
      ...[...cuts, ...unlisted].map((text) => notification("truncated", "warning", text)),
      ...gaps
        .slice(0, most)
        .map(({ what, why }) => notification("gap", "warning", `${part(what)}: ${sentence(cut(why, MOST_PART))}`)),
      ...stats.notices.slice(0, MOST_NOTIFICATIONS).map((text) => notification("notice", "note", part(text))),
    ],
  };
}

function notification(id: string, level: Notification.level, text: string): Notification {
  return { descriptor: { id }, level, message: { text: plain(text) } };
}
