import type { BlobId, Checksum, Gap, InlineAllow, Match, Provenance, Region, RuleId, Span } from "../model/index.ts";
import { Secret } from "../model/index.ts";

/** A match as it crosses from a worker: plain data. The secret hides again as soon as it arrives. */
export interface RawMatch {
  readonly rule: RuleId;
  readonly secret: string;
  readonly provenance: Provenance;
  readonly blob: BlobId;
  readonly span: Span;
  readonly region: Region;
  readonly lineHash?: string;
  readonly checksum: Checksum;
  readonly demoted?: string;
  readonly assignedTo?: string;
  readonly encodings: readonly string[];
  readonly parts: Readonly<Record<string, string>>;
  readonly allow?: InlineAllow;
}

/** Why a candidate was kept or dropped, for `--explain`. */
export interface Trace {
  readonly path: string;
  readonly line: number;
  readonly rule: string;
  readonly verdict: string;
}

/** What scanning one unit gave. */
export interface UnitResult {
  readonly matches: readonly RawMatch[];
  readonly gaps: readonly Gap[];
  readonly traces: readonly Trace[];
  readonly skipped: Readonly<Record<string, number>>;
  readonly files: number;
  readonly blobs: number;
  readonly bytes: number;
  readonly archives: number;
  readonly candidates: number;
}

export function toMatch(raw: RawMatch): Match {
  return { ...raw, secret: new Secret(raw.secret) };
}
