import { Buffer } from "node:buffer";
import { detect } from "../../src/detect/detector.ts";
import { type Judged, judge } from "../../src/detect/judge.ts";
import type { Text } from "../../src/detect/matcher.ts";
import { openScanner } from "../../src/scan/scanner.ts";
import { DEFAULT_LIMITS } from "../../src/sources/unit.ts";

/** One hit of the whole detection, with every rule on. */
export interface Found {
  readonly rule: string;
  readonly secret: string;
  /** What stands at the hit's place, as Latin-1. */
  readonly raw: string;
  readonly start: number;
  readonly end: number;
  readonly encodings: readonly string[];
  readonly assignedTo?: string;
  readonly demoted?: string;
}

export const scanner = await openScanner({
  disabled: [],
  custom: [],
  extraSamples: [],
  limits: DEFAULT_LIMITS,
  explain: false,
  lineHashes: false,
});

/** The hits of the whole detection that stand. */
export function hitsIn(text: string | Uint8Array, path = "example.env"): readonly Judged[] {
  const given = Buffer.from(text);
  given.copy(scanner.plan.kernel.block.bytes);
  return judge(detect(scanner.plan, given.length, path).hits, scanner.samples).kept;
}

/** What the whole detection says of a text. */
export function findIn(text: string | Uint8Array, path = "example.env"): Found[] {
  const given = Buffer.from(text);
  return hitsIn(given, path).map((hit) => ({
    rule: hit.matcher.id,
    secret: hit.secret,
    raw: given.toString("latin1", hit.start, hit.end),
    start: hit.start,
    end: hit.end,
    encodings: hit.encodings,
    ...(hit.assignedTo ? { assignedTo: hit.assignedTo } : {}),
    ...(hit.demoted ? { demoted: hit.demoted } : {}),
  }));
}

/** A text as the parts of the detection read it. */
export function textOf(text: string, path = "example.env"): Text {
  const bytes = Buffer.from(text);
  return { bytes, length: bytes.length, path };
}
