/** A step's file in the folder of its job: `build/3_Run tests.txt`. */
const STEP = /^(?<job>[^/]+)\/\d{1,4}_[^/]+\.txt$/;
/** The file of a whole job: `0_build.txt`, `-1_build.txt` (cli/cli, pkg/cmd/run/view/logs.go). */
const JOB = /^-?\d{1,4}_(?<job>[^/]+)\.txt$/;

/** Why the file of a step is not read: every line of it stands in its job's file, too. */
export const IN_JOB = "a step whose job's log has every line of it";

/**
 * Which entries of an archive of GitHub's logs are steps of a job that has a file of its own. That one is whole; of
 * long jobs, steps may be missing. Nothing in archives of another make.
 */
export function stepsInJobs(names: readonly string[]): ReadonlySet<string> {
  const jobs = new Set(names.map((name) => JOB.exec(name)?.groups?.job));
  return new Set(
    names.filter((name) => {
      const job = STEP.exec(name)?.groups?.job;
      return job !== undefined && jobs.has(job);
    }),
  );
}
