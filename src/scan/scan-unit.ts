import { allowedBy, inComment } from "../detect/allow.ts";
import { type Detected, detect, type WrappedHit } from "../detect/detector.ts";
import { type Judged, judge, type Samples } from "../detect/judge.ts";
import { Locator } from "../detect/locate.ts";
import type { Text } from "../detect/matcher.ts";
import type { Plan } from "../detect/plan.ts";
import { VIEW_BUDGET } from "../detect/unwrap.ts";
import { BLOCK_SIZE } from "../kernel/layout.ts";
import { BEHIND, type Target } from "../sources/blocks.ts";
import { timed, untimed } from "../sources/in-time.ts";
import { open } from "../sources/open.ts";
import { shownAs } from "../sources/shown.ts";
import type { Chunk, Limits, Opened, Unit } from "../sources/unit.ts";
import { withHashes } from "./hashes.ts";
import { type RawMatch, rawMatch, type UnitResult } from "./raw.ts";
import type { ChangesScanner } from "./scan-changes.ts";
import { inLog, leaveLog } from "./scan-log.ts";
import type { ObjectScanner } from "./scan-objects.ts";
import { UnitTally } from "./unit-tally.ts";

/** What a thread needs to scan units. */
export interface UnitScanner {
  readonly plan: Plan;
  readonly samples: Samples;
  readonly limits: Limits;
  /** Scans objects of the repository whose history is read. */
  readonly objects: () => Promise<ObjectScanner>;
  /** Scans what commits, or the index, of a repository add. */
  readonly changes: (deadline: number | null) => Promise<ChangesScanner>;
  readonly explain: boolean;
  /** Compute GitHub's line hashes, which only SARIF needs. */
  readonly lineHashes: boolean;
}

/** Who waits for a unit. */
export interface Listener {
  /** Told before each file is opened, so that the pool knows which one a hung worker was at. */
  readonly at: (index: number) => void;
  /** Given what there is when a part of a long text has been looked at. */
  readonly part: (result: UnitResult) => void;
  /** Milliseconds that nothing may exceed, where no other thread watches this one; null for no deadline. */
  readonly deadline: number | null;
}

/** Room left behind the text for the kernel's wide loads. */
const SLACK = 64;

/** Opens one unit and looks through everything in it: read, gate, rules, judgement. Only matches and gaps leave this thread. */
export async function scanUnit(scanner: UnitScanner, unit: Unit, listener: Listener): Promise<UnitResult> {
  if (unit.kind === "objects") return (await scanner.objects()).scan(unit, listener);
  if (unit.kind === "trees") return (await scanner.objects()).trees(unit, listener);
  if (unit.kind === "changes") return (await scanner.changes(listener.deadline))(unit, listener);
  const result = new UnitTally();
  const inTime = listener.deadline === null ? untimed : timed(listener.deadline);
  const logs = "log" in unit && unit.log ? await import("../logs/log.ts") : undefined;
  const origin = "origin" in unit ? unit.origin : undefined;
  const openLog = logs && ((path: string) => logs.openLog(path, origin));
  await open(unit, { ...targetOf(scanner, result, listener), openLog }, scanner.limits, inTime);
  // Names are neither files nor objects.
  return unit.kind === "names" ? { ...result.take(), blobs: 0, bytes: 0 } : result.take();
}

/** Where opened texts go to be looked through; what is found goes into `result`. */
export function targetOf(scanner: UnitScanner, result: UnitTally, listener: Listener): Target {
  const { kernel } = scanner.plan;
  let locator = new Locator(kernel);
  let opened = -1;
  const announced = new Set<string>();
  let firstOfBlob = 0;
  const visit = (item: Opened) => {
    switch (item.type) {
      case "opening":
        listener.at(++opened);
        result.files++;
        break;
      case "gap":
        result.gaps.push(item.gap);
        break;
      case "skipped":
        result.skip(item.reason, item.inside);
        break;
      case "archive":
        result.archives++;
        break;
      case "chunk":
        if (item.first) {
          result.blobs++;
          locator = new Locator(kernel);
          firstOfBlob = result.matches.length;
        }
        if (item.log) result.bytes += item.log.count();
        if (item.early) lookEarly(scanner, item, locator, result, announced);
        else scanChunk(scanner, item, locator, result, announced);
        if (item.log && !item.early) leaveLog(item.log, item, kernel.block.bytes, locator, result);
        if (item.last) {
          if (scanner.lineHashes) addHashes(result.matches, firstOfBlob, item, textOf(scanner, item));
          announced.clear();
          break;
        }
        if (!item.early) locator.advance(item.fresh.end - BEHIND);
        // The hashes of a file's lines are computed when it has been read.
        if (!scanner.lineHashes || !item.again) listener.part(result.take());
    }
  };
  return { room: kernel.block.bytes, size: BLOCK_SIZE - SLACK, visit };
}

function scanChunk(
  scanner: UnitScanner,
  chunk: Chunk,
  locator: Locator,
  result: UnitTally,
  announced: Set<string>,
): void {
  const path = shownAs(chunk.provenance);
  if (!chunk.log) result.bytes += Math.min(chunk.length, chunk.fresh.end) - chunk.fresh.start;
  const found = detect(
    scanner.plan,
    chunk.length,
    path,
    VIEW_BUDGET,
    readingsOf(scanner, chunk),
    chunk.log !== undefined,
  );
  result.candidates += found.candidates;
  if (found.cut) result.gaps.push({ what: path, why: found.cut });
  if (found.allows.length > 0) result.unused.push(...unusedComments(scanner, chunk, found, locator));
  const judged = judgeFresh(scanner, found.hits, chunk);
  if (!judged) return;
  const matches = judged.kept.map((hit) => toRaw(hit, chunk, textOf(scanner, chunk), locator));
  for (const match of matches)
    result.matches.push(announced.delete(keyOf(match)) ? { ...match, announced: true } : match);
  if (scanner.explain) trace(judged, matches, path, locator, result);
}

/** What stands in the whole lines of a stream that pauses is told at once; it is found again, for good, in a later chunk. */
function lookEarly(
  scanner: UnitScanner,
  chunk: Chunk,
  locator: Locator,
  result: UnitTally,
  announced: Set<string>,
): void {
  const path = shownAs(chunk.provenance);
  const { hits } = detect(
    scanner.plan,
    chunk.length,
    path,
    VIEW_BUDGET,
    readingsOf(scanner, chunk),
    chunk.log !== undefined,
  );
  const whole = hits.filter((hit) => hit.end <= chunk.fresh.end);
  for (const hit of judgeFresh(scanner, whole, chunk)?.kept ?? []) {
    const match = toRaw(hit, chunk, textOf(scanner, chunk), locator);
    const key = keyOf(match);
    if (!announced.has(key)) result.early.push(match);
    announced.add(key);
  }
}

const readingsOf = ({ plan }: UnitScanner, { log, length }: Chunk) =>
  log?.readings(plan.kernel.block.bytes, length) ?? [];

function addHashes(matches: RawMatch[], from: number, chunk: Chunk, text: Text): void {
  for (const [i, match] of withHashes(matches.slice(from), chunk, text).entries()) matches[from + i] = match;
}

const textOf = ({ plan }: UnitScanner, { length, provenance }: Chunk): Text => ({
  bytes: plan.kernel.block.bytes,
  length,
  path: shownAs(provenance),
});

const keyOf = ({ rule, span }: RawMatch): string => `${rule} ${span.start} ${span.end}`;

/** The judgement of the hits that belong to a chunk; nothing where there are none, as mostly. */
function judgeFresh(scanner: UnitScanner, hits: readonly WrappedHit[], { fresh }: Chunk) {
  const own = hits.filter((hit) => hit.start >= fresh.start && hit.start < fresh.end);
  return own.length === 0 ? undefined : judge(own, scanner.samples);
}

function trace(
  { dropped }: ReturnType<typeof judge>,
  matches: readonly RawMatch[],
  path: string,
  locator: Locator,
  result: UnitTally,
): void {
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

/** Comments of ours on whose line, and on the line after, they allow nothing. */
function unusedComments(scanner: UnitScanner, chunk: Chunk, found: Detected, locator: Locator): string[] {
  const text = textOf(scanner, chunk);
  const { fresh } = chunk;
  const allowed = judge(found.hits, scanner.samples).kept.filter(
    (hit) => allowedBy(text, hit.matcher.id, hit.start, hit.end)?.by === "leakreach",
  );
  const lines = allowed.map(({ start, end }) => locator.region(start, end));
  return found.allows
    .filter((at) => at >= fresh.start && at < fresh.end && inComment(text, at))
    .map((at) => locator.region(at, at).line)
    .filter((line) => !lines.some((used) => used.line - 1 <= line && line <= used.endLine))
    .map((line) => `${text.path}:${line}`);
}

function toRaw(hit: Judged, chunk: Chunk, text: Text, locator: Locator): RawMatch {
  const allow = allowedBy(text, hit.matcher.id, hit.start, hit.end);
  const raw = rawMatch(hit, locator.region(hit.start, hit.end), chunk, chunk.offset);
  const placed = chunk.log ? inLog(raw, hit, chunk.log, chunk, text, locator) : raw;
  return allow ? { ...placed, allow } : placed;
}
