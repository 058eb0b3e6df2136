import type { CommitPart } from "../history/commits.ts";
import type { TreePart } from "../history/trees.ts";
import type { Gap, LogFacts } from "../model/index.ts";
import type { RawMatch, Trace, UnitResult } from "./raw.ts";

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
  commits: CommitPart[] = [];
  trees: TreePart[] = [];
  unfetched: string[] = [];

  skip(reason: string, inside = false): void {
    this.skipped[reason] = (this.skipped[reason] ?? 0) + 1;
    if (!inside) this.files--;
  }

  /** Adds what was looked at apart. */
  merge({ matches, gaps, traces, blobs, bytes, archives, candidates, unfetched }: UnitResult): void {
    this.matches.push(...matches);
    this.gaps.push(...gaps);
    this.traces.push(...traces);
    this.blobs += blobs;
    this.bytes += bytes;
    this.archives += archives;
    this.candidates += candidates;
    this.unfetched.push(...unfetched);
  }

  /** What there is, and from now on nothing. */
  take(): UnitResult {
    const taken = { ...this };
    Object.assign(this, new UnitTally());
    return taken;
  }
}
