import { dirname, join, resolve } from "node:path";
import { type Level, type Policy, type Rule, ScanError } from "../model/index.ts";
import type { Checked } from "./check.ts";
import type { Fault } from "./document.ts";
import { globFault, type PathTest, pathTest, ruleTest } from "./glob.ts";
import { DEFAULT_POLICY, policyFaults, toPolicy } from "./policy.ts";
import type { RawAllow, RawGap, RawSettings, RawTerms } from "./raw.ts";
import { readText } from "./read.ts";
import { CUSTOM, type RuleSource, readRuleFile, toRules } from "./rules.ts";

/** Why an entry of the settings allows something, and for how long. */
export interface Terms {
  readonly reason: string;
  /** The last day (UTC) on which it holds. */
  readonly until?: string;
  /** File and line of the entry. */
  readonly where: string;
}

/** A place a secret stands in, as an allow entry sees it. */
export interface AllowPlace {
  readonly fingerprint: string;
  readonly rules: readonly string[];
  readonly path: string;
}

/** An entry that allows a fingerprint, or the findings in some files. */
export interface AllowEntry extends Terms {
  /** The fingerprint or glob, as written. */
  readonly what: string;
  readonly allows: (place: AllowPlace) => boolean;
}

/** A known gap that does not make a scan incomplete. */
export interface AcceptedGap extends Terms {
  readonly what: string;
  readonly accepts: PathTest;
}

/** What `.leakreach.yml` says, ready for use. */
export interface Settings {
  readonly file?: string;
  /** The keys that it has. */
  readonly keys: readonly string[];
  /** Says whether a path relative to the root is scanned. */
  readonly wanted: PathTest;
  readonly disabled: (ruleId: string) => boolean;
  /** The entries of `rules.disable`, to be compared with the rules there are. */
  readonly disables: readonly { readonly what: string; readonly where: string }[];
  readonly custom: readonly Rule[];
  readonly allow: readonly AllowEntry[];
  readonly gaps: readonly AcceptedGap[];
  readonly salt?: string;
  readonly policy: Policy;
  readonly minLevel?: Level;
  readonly failOn?: string;
  /** SHA-256 of texts that are samples, in lower-case hex. */
  readonly extraSamples: readonly string[];
}

/** The settings of a repository that has none. */
export const DEFAULT_SETTINGS: Settings = {
  keys: [],
  wanted: () => true,
  disabled: () => false,
  disables: [],
  custom: [],
  allow: [],
  gaps: [],
  policy: DEFAULT_POLICY,
  extraSamples: [],
};

const NAMES = [".leakreach.yml", ".leakreach.yaml"];
const MAX_BYTES = 1 << 20;

/** Reads the settings at the root of what is scanned, or the file named; defaults when there is none. */
export async function loadSettings(root: string, explicit: string | undefined): Promise<Settings> {
  const found = explicit === undefined ? atRoot(root) : named(explicit);
  if (!found) return DEFAULT_SETTINGS;
  const { check } = await import("./check.ts");
  const file = check<RawSettings>(found.text, found.name, "", "config-invalid");
  file.refuse(faultsOf(file));
  return toSettings(file, resolve(found.path));
}

/** Says which entries of `rules.disable` name no rule that there is. */
export function unknownDisables(settings: Settings, ruleIds: Iterable<string>): string[] {
  const ids = [...ruleIds];
  const unknown = settings.disables.filter(({ what }) => !ids.some(ruleTest([what])));
  return unknown.map(({ what, where }) => `unused: ${where} disables ${what}, and no rule is called so`);
}

interface Found {
  readonly path: string;
  readonly name: string;
  readonly text: string;
}

function named(path: string): Found {
  const text = readText(path, { name: path, code: "config-invalid", limit: MAX_BYTES });
  if (text === undefined) throw new ScanError("config-invalid", `there is no settings file ${path}`);
  return { path, name: path, text };
}

function atRoot(root: string): Found | undefined {
  const found: Found[] = [];
  for (const name of NAMES) {
    const path = join(root, name);
    const text = readText(path, { name, code: "config-invalid", limit: MAX_BYTES });
    if (text !== undefined) found.push({ path, name, text });
  }
  if (found.length > 1) throw new ScanError("config-invalid", `there are both ${NAMES.join(" and ")}: keep one`);
  return found[0];
}

/** What a schema cannot say: globs that are bounded, days that a calendar has, and the policy's own faults. */
function faultsOf({ value, fault }: Checked<RawSettings>): Fault[] {
  const globs = [
    ...(["include", "exclude"] as const).flatMap((key) =>
      (value.paths?.[key] ?? []).map((glob, at) => ({ glob, path: ["paths", key, at] })),
    ),
    ...(value.allow ?? []).flatMap(({ path }, at) =>
      path === undefined ? [] : [{ glob: path, path: ["allow", at, "path"] }],
    ),
    ...(value.gaps ?? []).map(({ what }, at) => ({ glob: what, path: ["gaps", at, "what"] })),
  ];
  const days = (["allow", "gaps"] as const).flatMap((list) =>
    (value[list] ?? []).flatMap(({ until }, at) => (until === undefined || isDay(until) ? [] : [[list, at, "until"]])),
  );
  return [
    ...globs.flatMap(({ glob, path }) => {
      const why = globFault(glob);
      return why ? [fault(path, why)] : [];
    }),
    ...days.map((path) => fault(path, "is no day of the calendar: write one such as 2027-06-30")),
    ...policyFaults(value, DEFAULT_POLICY).map(({ path, text }) => fault(path, text)),
  ];
}

function isDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

async function toSettings(file: Checked<RawSettings>, path: string): Promise<Settings> {
  const { paths, rules, allow = [], gaps = [], salt, report, samples } = file.value;
  const folder = dirname(path);
  return {
    file: path,
    keys: Object.keys(file.value ?? {}),
    wanted: await wantedBy(paths?.include, paths?.exclude),
    disabled: ruleTest(rules?.disable ?? []),
    disables: (rules?.disable ?? []).map((what, at) => ({ what, where: file.where(["rules", "disable", at]) })),
    custom: await customRules(file, folder),
    allow: await Promise.all(allow.map((entry, at) => toAllow(entry, file.where(["allow", at])))),
    gaps: await Promise.all(gaps.map((entry, at) => toGap(entry, file.where(["gaps", at])))),
    ...(salt === undefined ? {} : { salt }),
    policy: toPolicy(file.value, DEFAULT_POLICY, folder),
    ...(report?.minLevel ? { minLevel: report.minLevel } : {}),
    ...(report?.failOn ? { failOn: report.failOn } : {}),
    extraSamples: (samples?.extraSha256 ?? []).map((hash) => hash.toLowerCase()),
  };
}

async function wantedBy(include: readonly string[] | undefined, exclude: readonly string[] = []): Promise<PathTest> {
  const [included, excluded] = [include ? await pathTest(include) : () => true, await pathTest(exclude)];
  return (path) => included(path) && !excluded(path);
}

async function customRules(file: Checked<RawSettings>, folder: string): Promise<Rule[]> {
  const { custom = [], files = [] } = file.value.rules ?? {};
  const fault: RuleSource["fault"] = (at, key, text) => file.fault(["rules", "custom", at, key], text);
  const sources: RuleSource[] = [{ provider: CUSTOM, rules: custom, fault, refuse: file.refuse }];
  for (const [at, path] of files.entries()) {
    const source = await readRuleFile(join(folder, path), folder, path);
    if (typeof source === "string") file.refuse([file.fault(["rules", "files", at], source)]);
    else sources.push(source);
  }
  return toRules(sources);
}

function terms({ reason, until }: RawTerms, where: string): Terms {
  return { reason, where, ...(until === undefined ? {} : { until }) };
}

async function toAllow(entry: RawAllow, where: string): Promise<AllowEntry> {
  const { fingerprint, path = "" } = entry;
  if (fingerprint !== undefined)
    return { ...terms(entry, where), what: fingerprint, allows: (place) => place.fingerprint === fingerprint };
  const [ofPath, ofRule] = [await pathTest([path]), ruleTest(entry.rules ?? ["*"])];
  return { ...terms(entry, where), what: path, allows: (place) => ofPath(place.path) && place.rules.some(ofRule) };
}

async function toGap(entry: RawGap, where: string): Promise<AcceptedGap> {
  const test = await pathTest([entry.what]);
  return { ...terms(entry, where), what: entry.what, accepts: (what) => what === entry.what || test(what) };
}
