import { allowedBy } from "../detect/allow.ts";
import { detect } from "../detect/detector.ts";
import { type Judged, judge, type Samples } from "../detect/judge.ts";
import { lineHashes } from "../detect/line-hash.ts";
import { Locator } from "../detect/locate.ts";
import type { Text } from "../detect/matcher.ts";
import type { Plan } from "../detect/plan.ts";
import { BLOCK_SIZE } from "../kernel/layout.ts";
import type { Gap } from "../model/index.ts";
import { BEHIND } from "../sources/blocks.ts";
import { open } from "../sources/open.ts";
import { shownAs } from "../sources/shown.ts";
import type { Chunk, Limits, Opened, Unit } from "../sources/unit.ts";
import type { RawMatch, Trace, UnitResult } from "./raw.ts";

/** What a thread needs to scan units. */
export interface UnitScanner {
  readonly plan: Plan;
  readonly samples: Samples;
  readonly limits: Limits;
  readonly explain: boolean;
  /** Compute GitHub's line hashes, which only SARIF needs. */
  readonly lineHashes: boolean;
}

/** Told before each file is opened, so that the pool knows which one a hung worker was at. */
export type Progress = (index: number) => void;

/** Room left behind the text for the kernel's wide loads. */
const SLACK = 64;

/** Opens one unit and looks through everything in it: read, gate, rules, judgement. Only matches and gaps leave this thread. */
export async function scanUnit(scanner: UnitScanner, unit: Unit, progress: Progress): Promise<UnitResult> {
  const result = new Tally();
  const { kernel } = scanner.plan;
  let locator = new Locator(kernel);
  let opened = -1;
  const visit = (item: Opened) => {
    switch (item.type) {
      case "opening":
        progress(++opened);
        result.files++;
        break;
      case "gap":
        result.gaps.push(item.gap);
        break;
      case "skipped":
        result.skip(item.reason);
        break;
      case "archive":
        result.archives++;
        break;
      case "chunk":
        if (item.first) {
          result.blobs++;
          locator = new Locator(kernel);
        }
        scanChunk(scanner, item, locator, result);
        if (!item.last) locator.advance(item.fresh.end - BEHIND);
    }
  };
  await open(unit, { room: kernel.block.bytes, size: BLOCK_SIZE - SLACK, visit }, scanner.limits);
  return result.done();
}

class Tally {
  readonly matches: RawMatch[] = [];
  readonly gaps: Gap[] = [];
  readonly traces: Trace[] = [];
  readonly skipped: Record<string, number> = {};
  files = 0;
  blobs = 0;
  bytes = 0;
  archives = 0;
  candidates = 0;

  skip(reason: string): void {
    this.skipped[reason] = (this.skipped[reason] ?? 0) + 1;
    this.files--;
  }

  done(): UnitResult {
    const { matches, gaps, traces, skipped, files, blobs, bytes, archives, candidates } = this;
    return { matches, gaps, traces, skipped, files, blobs, bytes, archives, candidates };
  }
}

function scanChunk(scanner: UnitScanner, chunk: Chunk, locator: Locator, result: Tally): void {
  const path = shownAs(chunk.provenance);
  result.bytes += chunk.length - chunk.fresh.start;
  if (!chunk.last) result.bytes -= chunk.length - chunk.fresh.end;
  const found = detect(scanner.plan, chunk.length, path);
  result.candidates += found.candidates;
  if (found.cut) result.gaps.push({ what: path, why: found.cut });
  const hits = found.hits.filter((hit) => hit.start >= chunk.fresh.start && hit.start < chunk.fresh.end);
  if (hits.length === 0) return;
  const { kept, dropped } = judge(hits, scanner.samples);
  const text: Text = { bytes: scanner.plan.kernel.block.bytes, length: chunk.length, path };
  const matches = kept.map((hit) => toRaw(hit, chunk, text, locator));
  result.matches.push(...(scanner.lineHashes ? withHashes(matches, chunk, text) : matches));
  if (!scanner.explain) return;
  for (const { hit, why } of dropped)
    result.traces.push({
      path,
      line: locator.region(hit.start, hit.end).line,
      rule: hit.matcher.id,
      verdict: `dropped: ${why}`,
    });
  for (const match of matches)
    result.traces.push({
      path,
      line: match.region.line,
      rule: match.rule,
      verdict: match.demoted ? `kept as none: ${match.demoted}` : "kept",
    });
}

function toRaw(hit: Judged, chunk: Chunk, text: Text, locator: Locator): RawMatch {
  const allow = allowedBy(text, hit.matcher.id, hit.start, hit.end);
  return {
    rule: hit.matcher.id,
    secret: Buffer.from(hit.secret, "latin1").toString("utf8"),
    provenance: chunk.provenance,
    blob: chunk.blob,
    span: { start: chunk.offset + hit.start, end: chunk.offset + hit.end },
    region: locator.region(hit.start, hit.end),
    checksum: hit.checksum,
    encodings: hit.encodings,
    parts: hit.parts,
    ...(hit.demoted ? { demoted: hit.demoted } : {}),
    ...(hit.assignedTo ? { assignedTo: hit.assignedTo } : {}),
    ...(allow ? { allow } : {}),
  };
}

/** GitHub's line hashes need the whole file: they are left out for files larger than a block, where its uploader computes them. */
function withHashes(matches: readonly RawMatch[], chunk: Chunk, text: Text): readonly RawMatch[] {
  const inFile = chunk.provenance.kind === "file" && chunk.provenance.inner === undefined;
  if (!chunk.first || !chunk.last || !inFile) return matches;
  const hashes = lineHashes(text.bytes.subarray(0, text.length), new Set(matches.map((match) => match.region.line)));
  return matches.map((match) => {
    const lineHash = hashes.get(match.region.line);
    return lineHash ? { ...match, lineHash } : match;
  });
}
