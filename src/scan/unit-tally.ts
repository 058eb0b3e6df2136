import type { TreePart } from "../history/trees.ts";
import type { Gap, LogFacts } from "../model/index.ts";
import type { EntryName, OwnCommits, RawMatch, Trace, Unfetched, UnitResult } from "./raw.ts";

/** What a unit has given since it was last asked. */
export class UnitTally {
  matches: RawMatch[] = [];
  early: RawMatch[] = [];
  gaps: Gap[] = [];
  traces: Trace[] = [];
  unused: string[] = [];
  logs: LogFacts[] = [];
  skipped: Record<string, number> = {};
  files = 0;
  blobs = 0;
  bytes = 0;
  archives = 0;
  candidates = 0;
  commits: OwnCommits[] = [];
  trees: TreePart[] = [];
  names: EntryName[] = [];
  unfetched: Unfetched[] = [];

  skip(reason: string, inside = false): void {
    this.skipped[reason] = (this.skipped[reason] ?? 0) + 1;
    if (!inside) this.files--;
  }

  /** Adds what a part of the unit gave. */
  merge(part: UnitResult): void {
    this.matches.push(...part.matches);
    this.gaps.push(...part.gaps);
    this.traces.push(...part.traces);
    this.unused.push(...part.unused);
    this.unfetched.push(...part.unfetched);
    this.files += part.files;
    this.blobs += part.blobs;
    this.bytes += part.bytes;
    this.archives += part.archives;
    this.candidates += part.candidates;
    for (const [reason, count] of Object.entries(part.skipped))
      this.skipped[reason] = (this.skipped[reason] ?? 0) + count;
  }

  /** What there is, and from now on nothing. */
  take(): UnitResult {
    const taken = { ...this };
    Object.assign(this, new UnitTally());
    return taken;
  }
}
