/** Why the file of a step is not read: every line of it stands in its job's file, too. */
export declare const IN_JOB = "a step whose job's log has every line of it";
/**
 * Which entries of an archive of GitHub's logs are steps of a job that has a file of its own. That one is whole; of
 * long jobs, steps may be missing. Nothing in archives of another make.
 */
export declare function stepsInJobs(names: readonly string[]): ReadonlySet<string>;
