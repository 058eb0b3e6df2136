import { LEVELS, type Level, ScanError } from "../model/index.ts";

/** The inputs of `action.yml`, as the runner hands them over: `INPUT_` and the name in capitals, dashes kept. */
export const INPUTS = [
  "scan",
  "paths",
  "fail-on",
  "min-level",
  "config",
  "baseline",
  "policy",
  "sarif-file",
  "show-summary",
  "fetch",
  "github-token",
] as const;

/** What `scan:` may be. */
export const SCANS = ["auto", "range", "tree", "history", "logs"] as const;

/** What the workflow asks for. */
export interface Inputs {
  readonly scan: (typeof SCANS)[number];
  /** One a line; of `tree` and `logs`. */
  readonly paths: readonly string[];
  readonly failOn?: string;
  readonly minLevel?: Level;
  readonly config?: string;
  readonly baseline?: string;
  readonly policy?: string;
  readonly sarifFile?: string;
  readonly showSummary: boolean;
  /** Commits that the checkout lacks, and logs, may be fetched. */
  readonly fetch: boolean;
  /** What logs are fetched with. */
  readonly githubToken?: string;
}

/** Reads the inputs; an empty one counts as left out. */
export function readInputs(env: NodeJS.ProcessEnv): Inputs {
  const text = (name: (typeof INPUTS)[number]): string => (env[`INPUT_${name.toUpperCase()}`] ?? "").trim();
  const [failOn, minLevel] = [
    oneOf("fail-on", text("fail-on"), [...LEVELS, "any"]),
    oneOf("min-level", text("min-level"), LEVELS),
  ];
  const githubToken = text("github-token");
  const [config, baseline, policy, sarifFile] = [text("config"), text("baseline"), text("policy"), text("sarif-file")];
  return {
    scan: oneOf("scan", text("scan"), SCANS) ?? "auto",
    paths: text("paths")
      .split("\n")
      .map((path) => path.trim())
      .filter((path) => path !== ""),
    ...(failOn && { failOn }),
    ...(minLevel && { minLevel }),
    ...(config && { config }),
    ...(baseline && { baseline }),
    ...(policy && { policy }),
    ...(sarifFile && { sarifFile }),
    showSummary: yesOrNo("show-summary", text("show-summary")),
    fetch: yesOrNo("fetch", text("fetch")),
    ...(githubToken && { githubToken }),
  };
}

function oneOf<T extends string>(name: string, text: string, words: readonly T[]): T | undefined {
  const word = words.find((each) => each === text.toLowerCase());
  if (word === undefined && text !== "")
    throw new ScanError("usage", `the input ${name} is ${text}: it may be ${words.join(", ")}`);
  return word;
}

/** Default yes. The words are those of YAML 1.2's core schema. */
function yesOrNo(name: string, text: string): boolean {
  return (oneOf(name, text, ["true", "false"]) ?? "true") === "true";
}
