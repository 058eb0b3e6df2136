import { inTurn, once, peakMemory } from "./measure.ts";

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

interface Reported {
  readonly findings: readonly { rule: string; exposures: readonly { path: string; line: number; column: number }[] }[];
}

function places(command: readonly string[]): string[] {
  const { findings } = JSON.parse(once([...command, "--format", "json", "--min-level", "none"]).stdout) as Reported;
  return findings.flatMap((f) => f.exposures.map((e) => `${f.rule} ${e.path}:${e.line}:${e.column}`)).sort();
}

const round = (value: number): number => Math.round(value * 1000) / 1000;
