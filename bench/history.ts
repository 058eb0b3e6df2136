import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { cpuSeconds, inTurn, once, peakMemory } from "./measure.ts";

/**
 * A repository's history beside git's own floor: `git cat-file` giving out every object in the order of the packs. Both engines must
 * find the same places; all are seconds of whole processes, and ratios to git.
 */
export function historyFigures(cli: readonly string[], repository: string): Record<string, number | undefined> {
  const command = [...cli, "history", repository, "--quiet", "--jobs", "2"];
  const bare = [...command, "--no-provenance"];
  const floor = [
    "sh",
    "-c",
    `git -C '${repository}' cat-file --batch-all-objects --batch --unordered --buffer > /dev/null`,
  ];
  const [delta, full] = ["delta", "full"].map((engine) => places([...bare, "--engine", engine]));
  if (delta!.length === 0 || delta!.join("\n") !== full!.join("\n"))
    throw new Error("the answer is wrong: both engines must find the same, and something");
  const [git, without, with_] = inTurn([floor, bare, command], 3);
  return {
    "git s": round(git!),
    "without provenance s": round(without!),
    "ratio without provenance": round(without! / git!),
    "with provenance s": round(with_!),
    "ratio with provenance": round(with_! / git!),
    peakMiB: peakMemory(command),
    places: delta!.length,
  };
}

/** Commits that the second run of the bench below is to find new. */
const NEW = 10;

/**
 * What a run with `--state` costs after a fetch of some ten commits, beside the first run: seconds of CPU, and the second less
 * a bare node. The copy of the repository lacks the newest commits, and gets them as a pack or objects of their own.
 */
export function stateFigures(
  cli: readonly string[],
  repository: string,
  folder: string,
): Record<string, number | undefined> {
  const [copy, state] = [join(folder, "copy.git"), join(folder, "state")];
  const git = (...args: string[]): string => once(["git", ...args]).stdout.trim();
  const counts = Array.from({ length: 20 }, (_, back) =>
    Number(git("-C", repository, "rev-list", "--count", `HEAD~${back}..HEAD`)),
  );
  const back = counts.findIndex((count) => count >= NEW);
  git("init", "--quiet", "--bare", "--initial-branch=main", copy);
  const older = git("-C", repository, "rev-parse", `HEAD~${back}`);
  git("-C", copy, "fetch", "--quiet", "--no-tags", repository, `${older}:refs/heads/main`);
  const command = [...cli, "history", copy, "--quiet", "--jobs", "2", "--state", state];
  const first = cpuSeconds(command);
  copyFileSync(state, `${state}.first`);
  git("-C", copy, "fetch", "--quiet", "--no-tags", repository, "+HEAD:refs/heads/main");
  const seconds: number[] = [];
  for (let run = 0; run < 5; run++) {
    copyFileSync(`${state}.first`, state);
    seconds.push(cpuSeconds(command));
  }
  copyFileSync(`${state}.first`, state);
  const { stats } = JSON.parse(once([...command, "--format", "json"]).stdout) as { stats: { blobs: number } };
  if (!(stats.blobs > 0 && stats.blobs < 1000)) throw new Error(`the answer is wrong: ${stats.blobs} new versions`);
  const bare = Math.min(...seconds.map(() => cpuSeconds(["node", "-e", "0"])));
  const next = Math.min(...seconds);
  return {
    commits: counts[back],
    "new versions": stats.blobs,
    "first run, CPU s": round(first),
    "next run, CPU s": round(next),
    "bare node, CPU s": round(bare),
    "next of first": round(next / first),
    "the same above a bare node": round((next - bare) / first),
  };
}

interface Reported {
  readonly findings: readonly { rule: string; exposures: readonly { path: string; line: number; column: number }[] }[];
}

function places(command: readonly string[]): string[] {
  const { findings } = JSON.parse(once([...command, "--format", "json", "--min-level", "none"]).stdout) as Reported;
  return findings.flatMap((f) => f.exposures.map((e) => `${f.rule} ${e.path}:${e.line}:${e.column}`)).sort();
}

const round = (value: number): number => Math.round(value * 1000) / 1000;
