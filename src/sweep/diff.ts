import { type Credential, credentialsOf } from "../report/sweep-credentials.ts";
import type { Store } from "./store/store.ts";
import { decisions } from "./store/triage.ts";

/** What became of credentials between two sweeps. What somebody decided about in the later store is in none of the lists. */
export interface Difference {
  readonly new: readonly Credential[];
  readonly still: readonly Credential[];
  /** Found before, and nowhere now, in repositories that were looked through from end to end. */
  readonly gone: readonly Credential[];
  /** Found before, and not now; but some repository it stood in was not looked through again, or not all of it. */
  readonly unknown: readonly Credential[];
}

/** Compares what two stores hold; `now` is epoch seconds. */
export function difference(earlier: Store, later: Store, now: number): Difference {
  const triage = decisions(later, now);
  const open = (store: Store) => credentialsOf({ repositories: store.all, triage }).filter(({ mark }) => !mark);
  const [before, after] = [open(earlier), open(later)];
  const known = new Set(before.map(({ fingerprint }) => fingerprint));
  const left = new Set(after.map(({ fingerprint }) => fingerprint));
  const missing = before.filter(({ fingerprint }) => !left.has(fingerprint));
  const unsure = unsureOf(earlier, later, new Set(missing.map(({ fingerprint }) => fingerprint)));
  return {
    new: after.filter(({ fingerprint }) => !known.has(fingerprint)),
    still: after.filter(({ fingerprint }) => known.has(fingerprint)),
    gone: missing.filter(({ fingerprint }) => !unsure.has(fingerprint)),
    unknown: missing.filter(({ fingerprint }) => unsure.has(fingerprint)),
  };
}

/** Of missing credentials, those of a repository that the later sweep does not know all of. */
function unsureOf(earlier: Store, later: Store, missing: ReadonlySet<string>): ReadonlySet<string> {
  const unsure = new Set<string>();
  for (const { repository, report } of earlier.all()) {
    const own = report.findings.map(({ fingerprint }) => fingerprint).filter((each) => missing.has(each));
    if (own.length > 0 && !later.read(repository.id)?.report.stats.complete) for (const each of own) unsure.add(each);
  }
  return unsure;
}
