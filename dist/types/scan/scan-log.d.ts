import type { Judged } from "../detect/judge.ts";
import type { Locator } from "../detect/locate.ts";
import { type Text } from "../detect/matcher.ts";
import type { Log } from "../logs/log.ts";
import type { Chunk } from "../sources/unit.ts";
import type { RawMatch } from "./raw.ts";
import type { UnitTally } from "./unit-tally.ts";
/** A match in a log, with its place in the raw text and what is known of it there. */
export declare function inLog(raw: RawMatch, hit: Judged, log: Log, chunk: Chunk, text: Text, locator: Locator): RawMatch;
/** What a log must know of the part of its text that leaves the room. */
export declare function leaveLog(log: Log, chunk: Chunk, room: Buffer, locator: Locator, result: UnitTally): void;
