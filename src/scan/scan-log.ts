import { assignmentBefore } from "../detect/assignment.ts";
import type { Judged } from "../detect/judge.ts";
import type { Locator } from "../detect/locate.ts";
import { slice, type Text } from "../detect/matcher.ts";
import type { Log, Placed, Regions } from "../logs/log.ts";
import { BEHIND } from "../sources/blocks.ts";
import type { Chunk } from "../sources/unit.ts";
import { untold } from "./log-titles.ts";
import type { RawMatch } from "./raw.ts";
import type { UnitTally } from "./unit-tally.ts";

/** A match in a log, with its place in the raw text and what is known of it there. */
export function inLog(raw: RawMatch, hit: Judged, log: Log, chunk: Chunk, text: Text, locator: Locator): RawMatch {
  const { path, inner } = chunk.provenance;
  const about = chunk.early ? { system: log.system } : log.about(text.bytes, chunk.length, hit.start);
  const told = untold(about, [hit.secret]);
  return {
    ...raw,
    ...placeOf(hit, log, text, (start, end) => locator.region(start, end)),
    ...nameOf(hit, text),
    provenance: { kind: "log", path, ...(inner && { inner }), log: told },
  };
}

/** What was cut out has no length where it stood. */
function placeOf({ start, end, secret }: Judged, log: Log, { bytes }: Text, regions: Regions): Placed {
  return start === end ? log.placeInCut(bytes, start, secret, regions) : log.place(bytes, start, end, regions);
}

/** What a log must know of the part of its text that leaves the room. */
export function leaveLog(log: Log, chunk: Chunk, room: Buffer, locator: Locator, result: UnitTally): void {
  const bytes = chunk.last ? chunk.length : chunk.fresh.end - BEHIND;
  log.advance(room, chunk.length, bytes, (start, end) => locator.region(start, end));
  if (chunk.last) result.logs.push(log.end());
}

/** Bytes before a token in which its name stands. */
const BEFORE = 160;

/** The name it is assigned to, asked for of every token: its value may be masked elsewhere. */
function nameOf(hit: Judged, text: Text): Pick<RawMatch, "assignedTo"> {
  if (hit.assignedTo || hit.encodings.length > 0) return {};
  const before = slice(text, hit.start - BEFORE, hit.start);
  const name = assignmentBefore(before.slice(before.lastIndexOf("\n") + 1))?.name;
  return name ? { assignedTo: name } : {};
}
