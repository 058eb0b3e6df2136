import { join } from "node:path";
import { gitleaksMeans } from "./gitleaks-rules.ts";
import { readText } from "./read.ts";

/** A line `file:rule:line` of a .gitleaksignore. */
export interface IgnoredPlace {
  readonly path: string;
  /** A rule id of gitleaks. */
  readonly rule: string;
  /** Line of the finding. */
  readonly line: number;
  /** Line of the ignore file. */
  readonly at: number;
}

/** What a .gitleaksignore says: places, how many lines are for history only, and lines that mean nothing. */
export interface GitleaksIgnore {
  readonly places: readonly IgnoredPlace[];
  /** Lines that start with a commit: they say nothing of files. */
  readonly commits: number;
  /** Numbers of lines of no known form. */
  readonly malformed: readonly number[];
  /** The file's name. */
  readonly name: string;
  /** Whether a line that names a place means a rule of ours. */
  readonly ignores: (place: IgnoredPlace, rule: string) => boolean;
}

export const GITLEAKS_IGNORE = ".gitleaksignore";

const MAX_BYTES = 16 << 20;

/** Reads the .gitleaksignore at the root of what is scanned; undefined when there is none. */
export function loadGitleaksIgnore(root: string): GitleaksIgnore | undefined {
  const text = readText(join(root, GITLEAKS_IGNORE), {
    name: GITLEAKS_IGNORE,
    code: "config-invalid",
    limit: MAX_BYTES,
  });
  return text === undefined ? undefined : readGitleaksIgnore(text);
}

/** Reads lines as gitleaks does: trimmed, `#` starts a comment line, `\` in a path is `/`, three or four parts. */
export function readGitleaksIgnore(text: string): GitleaksIgnore {
  const places: IgnoredPlace[] = [];
  const malformed: number[] = [];
  let commits = 0;
  for (const [index, raw] of text.split("\n").entries()) {
    const line = raw.trim();
    if (line === "" || line.startsWith("#")) continue;
    const parts = line.split(":");
    const [path, rule, number] = parts.slice(-3);
    const numbered = /^\d{1,9}$/.test(number ?? "") && path !== "" && rule !== "";
    if (!numbered || parts.length < 3 || parts.length > 4) malformed.push(index + 1);
    else if (parts.length === 4) commits++;
    else places.push({ path: normal(path!), rule: rule!, line: Number(number), at: index + 1 });
  }
  return { places, commits, malformed, name: GITLEAKS_IGNORE, ignores };
}

/** Whether a line that names a place means a rule of ours: by its id, or by gitleaks' name for it. */
export function ignores(place: IgnoredPlace, rule: string): boolean {
  return place.rule === rule || gitleaksMeans(place.rule, rule);
}

function normal(path: string): string {
  return path.replaceAll("\\", "/").replace(/^\.\//, "");
}
