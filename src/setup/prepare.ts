import { existsSync, readFileSync, realpathSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { DEFAULT_POLICY } from "../config/default-policy.ts";
import type { GitleaksIgnore } from "../config/gitleaks-ignore.ts";
import { globFault, type PathChoice, pathChoice } from "../config/glob.ts";
import { DEFAULT_SETTINGS, loadSettings, type Settings, unknownDisables } from "../config/settings.ts";
import { type Policy, ScanError } from "../model/index.ts";
import { BUILTIN_IDS } from "../scan/builtin.ts";
import { refuseClash, refuseTooMany, toMatcher, withCustom } from "../scan/custom.ts";
import type { KeySet, Knowledge, ScanOptions } from "../scan/options.ts";
import { ruleCount, type ScannerOptions } from "../scan/scanner.ts";
import { filesSource, globSource, rootOf, treesOf } from "../sources/files.ts";
import { expandPaths } from "../sources/named.ts";
import { stdinSource } from "../sources/stdin.ts";
import { DEFAULT_LIMITS, type Source } from "../sources/unit.ts";
import type { ScanRequest } from "./request.ts";
import type { TreeSettings } from "./trees.ts";

/** A scan that is ready to run. */
export interface Prepared {
  readonly sources: readonly Source[];
  readonly options: ScanOptions;
  readonly settings: Settings;
}

/** Makes sources and options of what the user gave. Every mistake is found here, before anything is scanned. */
export async function prepare(request: ScanRequest, signal: AbortSignal): Promise<Prepared> {
  const paths = request.paths?.length ? request.paths : ["."];
  const named = await expandPaths(
    paths.filter((path) => path !== "-"),
    process.cwd(),
  );
  const found = named.flatMap((each) => ("path" in each ? each.path : each.files));
  const trees = treesOf(found);
  const root = rootOf(trees);
  const { settings, ignore, notices } = await settingsFor(root, trees, request);
  const policy = await policyFor(settings, request);
  const scanner = scannerOptions(settings, request);
  if (ruleCount(scanner) === 0)
    throw new ScanError(
      "no-rules",
      "no rules are left: every one is switched off in the settings, so a scan would find nothing and say clean",
    );
  const choice = { allFiles: request.allFiles ?? false, log: request.log, ...(await chooser(request, settings)) };
  const sources: Source[] = [
    ...named.map((each) =>
      "path" in each
        ? filesSource(each.path, { base: root ?? each.path, ...choice })
        : globSource(each, { base: root!, ...choice }),
    ),
    ...(paths.includes("-") ? [stdinSource(request.stdinPath ?? "stdin", request.log)] : []),
  ];
  const baseline = request.baseline
    ? (await import("../config/baseline.ts")).loadBaseline(resolve(request.baseline))
    : undefined;
  const options: ScanOptions = {
    root: root ?? process.cwd(),
    notices: [...unknownDisables(settings, [...BUILTIN_IDS, ...settings.custom.map(({ id }) => id)]), ...notices],
    knowledge: () => knowledge(settings),
    policy,
    settings,
    now: request.now ?? Math.floor(Date.now() / 1000),
    signal,
    jobs: Math.max(0, Math.floor(request.jobs ?? availableParallelism())),
    deadline: (request.fileTimeout ?? 120) * 1000,
    scanner,
    alwaysThreads: false,
    partial:
      request.include !== undefined ||
      request.exclude !== undefined ||
      found.length !== 1 ||
      root === undefined ||
      realpathSync(found[0]!) !== root,
    ...(baseline ? { baseline } : {}),
    ...(ignore ? { ignore } : {}),
    ...(request.untrusted ? { trusts: () => false } : {}),
    keySets: keySets(policy, request.jwks),
  };
  return { sources, options, settings };
}

async function knowledge(settings: Settings): Promise<Knowledge> {
  const { builtinDictionaries, builtinRules } = await import("../rules/builtin.ts");
  return { rules: withCustom(builtinRules(), settings.custom), dictionaries: builtinDictionaries() };
}

/** Settings stand at the root of what is scanned; standard input has none, and the current folder's are not its own. */
async function settingsFor(
  root: string | undefined,
  trees: readonly string[],
  request: ScanRequest,
): Promise<TreeSettings> {
  const given = request.config && resolve(request.config);
  const from = request.untrusted ? undefined : (request.settingsRoot ?? root);
  const settings =
    from === undefined && given === undefined ? DEFAULT_SETTINGS : await loadSettings(from ?? process.cwd(), given);
  refuseClash(BUILTIN_IDS, settings.custom);
  refuseTooMany(settings.custom);
  const ignore = from === undefined ? undefined : await ignoreAt(from);
  const common = { settings, ignore, notices: [] };
  if (root === undefined || from !== root || given !== undefined || trees.every((tree) => tree === root)) return common;
  return (await import("./trees.ts")).withTrees(root, trees, common);
}

async function ignoreAt(root: string): Promise<GitleaksIgnore | undefined> {
  if (!existsSync(join(root, ".gitleaksignore"))) return undefined;
  return (await import("../config/gitleaks-ignore.ts")).loadGitleaksIgnore(root);
}

async function policyFor({ policy }: Settings, request: ScanRequest): Promise<Policy> {
  if (request.policy === undefined) return policy === DEFAULT_POLICY ? policy : linear(policy);
  const { loadPolicy } = await import("../config/policy.ts");
  return linear(await loadPolicy(resolve(request.policy), policy));
}

const linear = async (policy: Policy): Promise<Policy> => (await import("./linear-policy.ts")).linearPolicy(policy);

function scannerOptions(settings: Settings, request: ScanRequest): ScannerOptions {
  return {
    disabled: BUILTIN_IDS.filter((id) => settings.disabled(id)),
    custom: settings.custom.filter((rule) => !settings.disabled(rule.id)).map(toMatcher),
    extraSamples: settings.extraSamples,
    limits: {
      ...DEFAULT_LIMITS,
      ...(request.taken === undefined && {
        archiveBytes: Math.min(DEFAULT_LIMITS.archiveBytes, (request.memory ?? 512) * 2 * 2 ** 20),
      }),
      ...(request.maxFileSize ? { fileSize: request.maxFileSize } : {}),
    },
    explain: request.explain ?? false,
    lineHashes: request.lineHashes ?? true,
  };
}

/** What `--include`, `--exclude` and the settings want. Globs without a slash match in every folder. */
async function chooser({ include, exclude }: ScanRequest, settings: Settings): Promise<PathChoice> {
  if (!include && !exclude) return { wanted: settings.wanted, holds: settings.holds };
  for (const [flag, globs] of [["--include", include] as const, ["--exclude", exclude] as const])
    for (const glob of globs ?? []) {
      const fault = globFault(glob);
      if (fault) throw new ScanError("usage", `${flag} ${glob}: it ${fault}`);
    }
  const own = await pathChoice(include, exclude);
  return {
    wanted: (path) => settings.wanted(path) && own.wanted(path),
    holds: (folder) => settings.holds(folder) && own.holds(folder),
  };
}

/** The JWK sets of the command line and of the policy's issuers. */
function keySets(policy: Policy, given: string | undefined): KeySet[] {
  const named = given === undefined ? [] : [{ name: "the JWK set given", keys: readJwks(resolve(given)) }];
  const own = policy.issuers.flatMap(({ jwks, match }) =>
    jwks === undefined ? [] : [{ name: "its issuer's JWK set in the policy", keys: readJwks(jwks), issuer: match }],
  );
  return [...named, ...own];
}

function readJwks(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code === "ENOENT" ? "it does not exist" : "it is not JSON";
    throw new ScanError("jwks-invalid", `the JWK set ${file}: ${why}; give a JWK set such as {"keys": [...]}`);
  }
}
