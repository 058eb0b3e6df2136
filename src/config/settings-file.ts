import { dirname, join } from "node:path";
import type { Rule } from "../model/index.ts";
import { type Checked, check } from "./check.ts";
import { DEFAULT_POLICY } from "./default-policy.ts";
import type { Fault } from "./document.ts";
import { globFault, pathChoice, pathTest, ruleTest } from "./glob.ts";
import { policyFaults, toPolicy } from "./policy.ts";
import type { RawAllow, RawGap, RawSettings, RawTerms } from "./raw.ts";
import { CUSTOM, type RuleSource, readRuleFile, toRules } from "./rules.ts";
import type { AcceptedGap, AllowEntry, Settings, Terms } from "./settings.ts";

/** Settings as written, checked and made ready for use. */
export async function readSettings(text: string, name: string, path: string): Promise<Settings> {
  const file = check<RawSettings>(text, name, "", "config-invalid");
  file.refuse(faultsOf(file));
  return toSettings(file, path);
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
    ...(await pathChoice(paths?.include, paths?.exclude)),
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
