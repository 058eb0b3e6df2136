import type { ReportingDescriptor } from "sarif";
import type { Finding, Level, Rule } from "../model/index.ts";
import { factorOf } from "./listing.ts";
import type { ReportOptions } from "./options.ts";
import { codeSpan, cut, markdown, plain } from "./redact.ts";
import { MOST_DESCRIPTION, MOST_NAME, SHOWN_TAGS } from "./sarif-limits.ts";

/**
 * GitHub reads a severity per rule, as text over "0.0" to "10.0": over 9.0 critical, from 7.0 high, from 4.0 medium, else
 * low. `none`, listed only with --min-level none, takes the lowest there is: "0.0" counts as a missing value.
 */
const SEVERITY: Readonly<Record<Level, string>> = {
  critical: "9.5",
  high: "8.0",
  medium: "5.5",
  low: "2.0",
  none: "0.1",
};

/** GitHub's words for how often a rule is right, the best first. */
const PRECISIONS = ["very-high", "high", "medium", "low"] as const;

const PRECISION: Readonly<Record<string, (typeof PRECISIONS)[number]>> = {
  verified: "very-high",
  checksum: "very-high",
  structure: "very-high",
  prefix: "high",
  generic: "medium",
  unsigned: "low",
  "bad-checksum": "low",
};

const LEVEL_WORDS: Readonly<Record<Level, string>> = {
  critical: "critical blast radius",
  high: "high blast radius",
  medium: "medium blast radius",
  low: "low blast radius",
  none: "no blast radius",
};

/** The SARIF rule id of a finding: the rule and its stable level, which does not change while a token ages. */
export function sarifRuleId(finding: Finding): string {
  return `${finding.rule}/${finding.reach.stableLevel}`;
}

/** SARIF's level of ours: GitHub has none below `note`. */
export function sarifLevel(level: Level): "error" | "warning" | "note" {
  if (level === "critical" || level === "high") return "error";
  return level === "medium" ? "warning" : "note";
}

/** The descriptors of all findings, one for each rule and stable level, in the order of their ids (SARIF 3.49). */
export function descriptors(findings: readonly Finding[], options: ReportOptions): ReportingDescriptor[] {
  return [...grouped(findings)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, group]) => descriptor(id, group, options));
}

function grouped(findings: readonly Finding[]): Map<string, Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const id = sarifRuleId(finding);
    const group = groups.get(id);
    if (group) group.push(finding);
    else groups.set(id, [finding]);
  }
  return groups;
}

function descriptor(id: string, findings: readonly Finding[], options: ReportOptions): ReportingDescriptor {
  const level = findings[0]!.reach.stableLevel;
  const rule = options.rules.get(findings[0]!.rule);
  const name = plain(rule?.name ?? findings[0]!.rule);
  const impact = plain(rule?.impact ?? "What it reaches is told in each result.");
  return {
    id,
    name: cut(`${name}, ${level}`, MOST_NAME),
    shortDescription: { text: cut(`${name}: ${LEVEL_WORDS[level]}.`, MOST_DESCRIPTION) },
    fullDescription: { text: cut(`A leaked ${name}. ${impact}`, MOST_DESCRIPTION) },
    help: { text: helpText(impact, rule), markdown: helpMarkdown(impact, rule) },
    ...helpUri(rule),
    defaultConfiguration: { level: sarifLevel(level) },
    properties: {
      tags: ["security", "secret", `blast-radius/${level}`, "external/cwe/cwe-798"].slice(0, SHOWN_TAGS),
      precision: precisionOf(findings),
      "security-severity": SEVERITY[level],
    },
  };
}

/** The precision of the least certain finding, since a rule's alerts share one value. */
function precisionOf(findings: readonly Finding[]): string {
  const worst = findings.reduce((most, finding) => {
    const precision = PRECISION[factorOf(finding, "certainty") ?? ""] ?? "medium";
    return Math.max(most, PRECISIONS.indexOf(precision));
  }, 0);
  return PRECISIONS[worst]!;
}

const AFTERWARDS = [
  "Rotate whatever it can read or create: other secrets, keys, deployments.",
  "Then take it out of the files and the history. Rewriting history without revoking does not help.",
  "Look for its use in the provider's audit log.",
] as const;

function helpText(impact: string, rule: Rule | undefined): string {
  const steps = [revokeText(rule), ...AFTERWARDS].map((step, at) => `${at + 1}. ${step}`);
  return [impact, "", "What to do:", ...steps].join("\n");
}

function revokeText(rule: Rule | undefined): string {
  if (!rule) return "Revoke it where it was made.";
  const { how, url, command } = rule.revoke;
  return [`Revoke it. ${plain(how)}`, url && `See ${plain(url)}`, command && `Command: ${plain(command)}`]
    .filter(Boolean)
    .join(" ");
}

function helpMarkdown(impact: string, rule: Rule | undefined): string {
  const steps = [revokeMarkdown(rule), ...AFTERWARDS.map(markdown)].map((step, at) => `${at + 1}. ${step}`);
  const references = (rule?.references ?? []).map((reference) => `- ${address(reference)}`);
  const more = references.length > 0 ? ["", "**References**", "", ...references] : [];
  return [markdown(impact), "", "**What to do**", "", ...steps, ...more].join("\n");
}

function revokeMarkdown(rule: Rule | undefined): string {
  if (!rule) return "Revoke it where it was made.";
  const { how, url, command } = rule.revoke;
  const parts = [`**Revoke it.** ${markdown(how)}`, url && address(url), command && codeSpan(command)];
  return parts.filter(Boolean).join("\n   ");
}

/** An autolink (CommonMark 6.5) if the text is an address of the web, and escaped text otherwise. */
function address(text: string): string {
  return /^https?:\/\/[^\s<>]+$/.test(text) ? `<${plain(text)}>` : markdown(text);
}

function helpUri(rule: Rule | undefined): { helpUri?: string } {
  const uri = rule?.references.find((reference) => /^https?:\/\//.test(reference) && URL.canParse(reference));
  return uri === undefined ? {} : { helpUri: new URL(uri).href };
}
