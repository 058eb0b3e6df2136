import { join, resolve } from "node:path";
import { type Level, type Policy, type Rule, ScanError } from "../model/index.ts";
import { DEFAULT_POLICY } from "./default-policy.ts";
import { type PathTest, ruleTest } from "./glob.ts";
import { readText } from "./read.ts";

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
  /** Says whether a folder may hold such paths. */
  readonly holds: PathTest;
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
  holds: () => true,
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
  const { readSettings } = await import("./settings-file.ts");
  return readSettings(found.text, found.name, resolve(found.path));
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
