import { type LogPlace, type Match, masked } from "../model/index.ts";

/** Commit ids behind an `@` name a release of an action; they are no secrets. */
const RELEASE = /(@[0-9a-f]{40}(?!\w))/;

/** What a log calls its job and step, without what could be a token: a step is often called like the command it runs. */
export function untold(log: LogPlace, secrets: Iterable<string>): LogPlace {
  const { job, step } = log;
  const clean = (title: string): string => {
    let text = title;
    for (const secret of secrets) text = uncut(text.replaceAll(secret, "…"), secret);
    const parts = text.split(RELEASE);
    return parts.map((part, at) => (at % 2 === 1 ? part : masked(part))).join("");
  };
  return { ...log, ...(job !== undefined && { job: clean(job) }), ...(step !== undefined && { step: clean(step) }) };
}

/** Characters of a secret that tell it from a word. */
const TELLING = 6;

/** Titles are cut where they grow long: then one may end in the midst of a secret. */
function uncut(title: string, secret: string): string {
  const at = title.lastIndexOf(secret.slice(0, TELLING));
  return at >= 0 && secret.startsWith(title.slice(at)) ? `${title.slice(0, at)}…` : title;
}

/** The same of all matches, and of what was found anywhere in their log. */
export function untoldInLogs(matches: readonly Match[]): Match[] {
  const secrets = new Map<string, Set<string>>();
  for (const { provenance, secret } of matches) {
    const inLog = secrets.get(provenance.path) ?? new Set();
    secrets.set(provenance.path, inLog.add(secret.reveal()));
  }
  const known = new Map<string, LogPlace>();
  return matches.map((match) => {
    const { provenance } = match;
    if (provenance.kind !== "log") return match;
    const { log, path } = provenance;
    if (log.job === undefined && log.step === undefined) return match;
    const key = JSON.stringify([path, log.job, log.step]);
    const told = known.get(key) ?? untold(log, secrets.get(path)!);
    known.set(key, told);
    const { job, step } = told;
    const titles = { ...(job !== undefined && { job }), ...(step !== undefined && { step }) };
    return { ...match, provenance: { ...provenance, log: { ...log, ...titles } } };
  });
}
