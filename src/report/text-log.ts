import { type LogLeft, type LogSystem, leftText, type Match } from "../model/index.ts";
import { plain } from "./redact.ts";
import { wrap } from "./wrap.ts";

const NAMES: Readonly<Record<LogSystem, string>> = {
  github: "GitHub Actions",
  gitlab: "GitLab",
  jenkins: "Jenkins",
  circleci: "CircleCI",
  azure: "Azure Pipelines",
  buildkite: "Buildkite",
  travis: "Travis",
  plain: "",
};

/** Epoch seconds as a report writes them. */
export const isoTime = (seconds: number): string => new Date(seconds * 1000).toISOString().replace(".000Z", "Z");

/** Where in a CI log a secret was printed: system, run, job, step, time, and whether its name is masked elsewhere. */
export function logLines({ provenance }: Match, room: number): string[] {
  if (provenance.kind !== "log") return [];
  const { system, run, job, step, time, exact, maskedAt, page, left } = provenance.log;
  const parts = [
    NAMES[system],
    run === undefined ? "" : `run ${run}`,
    job === undefined ? "" : `job ${job}`,
    step === undefined ? "" : `step ${step}`,
    time === undefined ? "" : `${exact ? "at" : "after"} ${isoTime(time)}`,
  ].filter((part) => part !== "");
  const masked =
    maskedAt === undefined ? [] : [`its name has a masked value in line ${maskedAt}: here the mask is missing`];
  const seen = page === undefined ? [] : [page];
  return [...(parts.length > 0 ? [parts.join(", ")] : []), ...masked, ...seen, ...leftLines(left)].flatMap((line) =>
    wrap(plain(line), room),
  );
}

/** What its run left beside a log, and what of that is not known. */
export function leftLines(left: LogLeft | undefined): string[] {
  return left === undefined ? [] : [leftText(left), ...(left.unknown ?? [])].filter((line) => line !== "");
}
