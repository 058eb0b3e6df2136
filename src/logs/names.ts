import type { LogPlace, LogSystem } from "../model/index.ts";

/** What the path of a log tells of its run and job; the path as reports show it. */
export function nameOf(path: string, system: LogSystem): Pick<LogPlace, "run" | "job" | "step"> {
  const parts = path.split(/[/!\\]/);
  const file = parts.at(-1) ?? "";
  if (system === "github") {
    const run = /(?:^|[/!\\])logs?_(\d{5,20})\.zip!/.exec(path)?.[1];
    const step = /^\d{1,4}_(.+)\.txt$/.exec(file)?.[1];
    const folder = path.includes("!") && parts.length > 1 && !/\.zip$/i.test(parts.at(-2)!) ? parts.at(-2) : undefined;
    const names = folder !== undefined && step !== undefined ? { job: folder, step } : { ...(step && { job: step }) };
    return { ...(run !== undefined && { run }), ...names };
  }
  if (system === "jenkins") {
    const found = /(?:^|[/\\])jobs[/\\](?<job>[^/\\]{1,200})[/\\](?:.*[/\\])?builds[/\\](?<run>\d{1,10})[/\\]log$/.exec(
      path,
    );
    return found?.groups ? { job: found.groups.job!, run: found.groups.run! } : {};
  }
  return {};
}
