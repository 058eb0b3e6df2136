import { Command } from "commander";
import { grouped, ScanError } from "../model/index.ts";
import { plain } from "../report/redact.ts";
import { bringer } from "../sweep/bring.ts";
import { type Fetching, fetcher } from "../sweep/clone/fetched.ts";
import { BY_ONE_MACHINE, logsOf } from "../sweep/logs-of.ts";
import { checkLooking, type Looking } from "../sweep/look.ts";
import { spreadLess } from "../sweep/memory.ts";
import { chosen } from "../sweep/plan.ts";
import { prune } from "../sweep/prune.ts";
import { resultOf } from "../sweep/result.ts";
import { listingOf, sourcesFrom } from "../sweep/sources/listing.ts";
import { lock } from "../sweep/store/lock.ts";
import { endRun, lastRun, type Run, startRun } from "../sweep/store/runs.ts";
import { openStore, type Store, tidy } from "../sweep/store/store.ts";
import { type Sweep, sweep } from "../sweep/sweep.ts";
import { addFlags } from "./command-flags.ts";
import { EXIT } from "./exit.ts";
import { isWatched, printError } from "./print.ts";
import {
  cacheFolder,
  HANDING_OUT_FLAGS,
  SWEEP_FLAGS,
  SWEEP_REPORT_FLAGS,
  SWEEP_SCAN_FLAGS,
  type SweepFlags,
} from "./sweep-flags.ts";
import { checkOutputs, exitOf, writeReports } from "./sweep-outputs.ts";
import { SweepProgress } from "./sweep-progress.ts";
import { VERSION } from "./version.ts";

/** `leakreach sweep SOURCE...`. */
export function build(): Command {
  const command = new Command("leakreach sweep")
    .description(
      "Looks through many repositories, and says which credentials leaked, where, and which to revoke first.",
    )
    .argument("[source...]", "a folder of repositories, a list, an address, github:ORG and the like")
    .addHelpText("after", AFTER);
  addFlags(command, [...SWEEP_FLAGS, ...HANDING_OUT_FLAGS, ...SWEEP_SCAN_FLAGS, ...SWEEP_REPORT_FLAGS]);
  return command.action(async (sources: string[], flags: SweepFlags) => {
    process.exitCode = await perform(sources, flags);
  });
}

const AFTER = `
Sources:
  a folder        every repository in it, work trees and bare ones, where they lie
  a file, @file   a list: one folder or address a line
  https://...     one repository, and ssh://, git@host:path, file://
  github:ORG      all repositories of an organization, and github:user/NAME (token in GITHUB_TOKEN)
  gitlab:GROUP    with all its subgroups (GITLAB_TOKEN; another server in GITLAB_URL)
  gitea:ORG       (GITEA_TOKEN, GITEA_URL)
  bitbucket:WORKSPACE  (BITBUCKET_TOKEN)

What was found is kept in --store, and never a secret. The next sweep looks only through what is new. One that was stopped,
however that came, goes on with --resume. A repository that cannot be read is a gap, and the exit code 3.

Examples:
  leakreach sweep ~/clones
  leakreach sweep github:acme --store acme --pushed-since 1y
  leakreach sweep @repositories.txt --store acme --output acme.json
  leakreach sweep --resume --store acme
  leakreach sweep github:acme --store acme --queue redis://queue:6379    on many machines: leakreach worker --help`;

async function perform(sources: readonly string[], flags: SweepFlags): Promise<number> {
  spreadLess();
  const outputs = checkOutputs(flags);
  const looking = lookingOf(flags);
  await checkLooking(looking);
  const store = openStore(flags.store);
  const release = lock(`${store.folder}/lock`, `the store ${flags.store}`);
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => stop.abort());
  try {
    tidy(store);
    const run = await runOf(store, sources, flags, stop.signal);
    await through(store, run, looking, flags, stop.signal);
    if (stop.signal.aborted) {
      const again = `leakreach sweep --resume --store ${plain(flags.store)}${flags.queue ? " --queue ..." : ""}`;
      printError(`leakreach: stopped; ${again} goes on from here\n`);
      return EXIT.interrupted;
    }
    const report = resultOf(store, run, VERSION);
    await writeReports(report, flags, outputs);
    endRun(store, run, new Date().toISOString());
    if (flags.prune) {
      const gone = prune(store, run);
      if (gone > 0 && !flags.quiet) printError(`leakreach: ${grouped(gone)} no longer swept dropped from the store\n`);
    }
    return exitOf(report, flags);
  } catch (error) {
    if (stop.signal.aborted && !(error instanceof ScanError)) return EXIT.interrupted;
    throw error;
  } finally {
    release();
  }
}

async function through(
  store: Store,
  run: Run,
  looking: Looking,
  flags: SweepFlags,
  signal: AbortSignal,
): Promise<void> {
  const progress = new SweepProgress(
    run.plan.map(({ repository }) => repository),
    !flags.quiet,
  );
  const bring = bringer(() => fetcher(fetchingOf(flags)), looking);
  const { hear, note } = progress;
  const given: Sweep = { store, run, looking, bring, ahead: flags.connections, signal, hear, note };
  try {
    const events = flags.queue ? (await import("./handed-out.ts")).handedOut(given, flags, flags.queue) : sweep(given);
    for await (const event of events) progress.show(event);
  } finally {
    progress.clear();
  }
}

/** Of the flags, what a look at one repository is told: `--include` names repositories, not files. */
function lookingOf(flags: SweepFlags): Looking {
  const { tree, trustConfig, logsSince, maxSize, now, config, policy, jwks, jobs, memory, maxFileSize, fileTimeout } =
    flags;
  const given = { config, policy, jwks, maxFileSize };
  return {
    what: tree ? "tree" : "history",
    settings: { ...withoutUndefined(given), jobs, memory, fileTimeout },
    trustConfig: trustConfig ?? false,
    logs: logsSince ? { since: logsSince(now ?? Date.now() / 1000) } : {},
    ...withoutUndefined({ maxSize, now }),
    version: VERSION,
  };
}

function fetchingOf({ cache, cacheSize, tree, pullRequests, maxSize, maxFileSize }: SweepFlags): Fetching {
  return {
    cache: cache ?? cacheFolder(),
    cacheSize,
    shallow: tree ?? false,
    requests: pullRequests ?? false,
    ...withoutUndefined({ maxSize, maxFileSize }),
  };
}

type Given<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

const withoutUndefined = <T extends object>(values: T): Given<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Given<T>;

/** Somebody who watches is told why nothing happens. */
const waitingOf =
  ({ quiet }: SweepFlags) =>
  (seconds: number, why: string): void => {
    if (!quiet && isWatched()) printError(`leakreach: waiting ${Math.ceil(seconds)} s for ${why}\n`);
  };

/** The run to go on with, or a new one. */
async function runOf(store: Store, given: readonly string[], flags: SweepFlags, signal: AbortSignal): Promise<Run> {
  const last = lastRun(store);
  if (flags.logsSince && !flags.logs) throw new ScanError("usage", "--logs-since is for the logs that --logs reads");
  if (flags.logs && flags.queue) throw new ScanError("usage", BY_ONE_MACHINE);
  if (flags.tree && flags.history) throw new ScanError("usage", "--tree and --history: give one of them");
  const what = flags.tree ? "tree" : "history";
  if (last && last.what !== what)
    throw new ScanError("usage", `the store ${flags.store} is one of --${last.what}: name another for --${what}`);
  if (flags.resume && last && last.endedAt === undefined) {
    if (given.length > 0 && given.join("\0") !== last.sources.join("\0"))
      throw new ScanError(
        "usage",
        `the sweep to go on with was of ${last.sources.join(" ")}: leave --resume out for another`,
      );
    return last;
  }
  const sources = given.length === 0 && flags.resume && last ? sourcesFrom(last.from ?? ".", last.sources) : given;
  if (sources.length === 0)
    throw new ScanError("usage", flags.resume ? "there is nothing to resume: name what is to be swept" : NOTHING);
  if (given.length === 0 && !flags.quiet)
    printError(`leakreach: the last sweep came to its end: ${plain(sources.join(" "))} is swept afresh\n`);
  const { targets, gaps } = await listingOf(sources, { env: process.env, signal, waiting: waitingOf(flags) });
  const now = flags.now ?? Date.now() / 1000;
  const { pushedSince, ...choice } = flags;
  const {
    targets: plan,
    leftOut,
    unmeasured,
  } = await chosen(targets, {
    ...choice,
    ...(pushedSince && { pushedSince: pushedSince(now) }),
  });
  if (unmeasured > 0 && !flags.quiet) printError(`leakreach: ${unmeasuredText(unmeasured)}\n`);
  // A part of few may be empty, which is no mistake of whoever shares them out.
  if (plan.length === 0 && gaps.length === 0 && !flags.shard)
    throw new ScanError("usage", `of ${grouped(targets.length)} repositories none is left to be swept`);
  const logs = flags.logs ? logsOf(plan, process.env) : { targets: [], gaps: [] };
  return startRun(store, {
    sources,
    from: process.cwd(),
    what,
    plan: [...plan, ...logs.targets],
    gaps: [...gaps, ...logs.gaps],
    leftOut,
    startedAt: new Date(now * 1000).toISOString(),
  });
}

/** Who asked for small ones learns that more may come. */
const unmeasuredText = (count: number): string =>
  `how large ${count === 1 ? "1 repository is" : `${grouped(count)} repositories are`} was not told, so --smaller-than leaves none of them out; --max-size breaks off what is too large to clone`;

const NOTHING = "name what is to be swept: a folder, a list, an address; see leakreach sweep --help";
