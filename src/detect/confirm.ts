import { type Unescaped, unescaped } from "./escapes.ts";
import { type Hit, type Matcher, slice, type Text } from "./matcher.ts";

/** What a compiled pattern says of a window: the match and where its secret stands in it. */
export interface Confirmed {
  readonly start: number;
  readonly end: number;
  readonly secretStart: number;
  readonly secretEnd: number;
  readonly groups: Readonly<Record<string, string>>;
}

/** A compiled pattern: the first match at or after `from` (exactly at it when `sticky`). */
export type Pattern = (window: string, from: number, sticky: boolean) => Confirmed | undefined;

/** A colour of a terminal (ECMA-48, 8.3.117), whose `m` is no neighbour of what it colours. */
const COLOUR = /\x1b\[[\d;]{0,16}m$/;

const BEFORE = 64;
const AFTER = 4096;

/** Runs a matcher's pattern at an anchor, on a bounded window, never on the whole text. */
export function confirmAt(text: Text, matcher: Matcher, pattern: Pattern, anchor: number, flagged: boolean): Hit[] {
  const escaped = flagged || (matcher.anchor === "start" && COLOUR.test(slice(text, anchor - 20, anchor)));
  const before = escaped ? 0 : Math.min(anchor, matcher.window?.before ?? BEFORE);
  const window = slice(text, anchor - before, windowEnd(text, matcher, anchor));
  // After an escape such as `\n` the letter before is no neighbour: a blank takes its place.
  const shift = escaped ? 1 : 0;
  const shown = escaped ? ` ${window}` : window;
  const at = before + shift;
  const found =
    matcher.anchor === "start"
      ? (pattern(shown, at, true) ?? behindMark(pattern, shown, at, atStart))
      : (around(pattern, shown, at) ?? behindMark(pattern, shown, at, around) ?? behindEscapes(pattern, shown, at));
  return found ? [toHit(matcher, found, anchor - at)] : [];
}

/** A file of a thousand beginnings is read once, and not once for each. */
function windowEnd(text: Text, { window, until }: Matcher, anchor: number): number {
  const end = anchor + (window?.after ?? AFTER);
  if (!until) return end;
  text.note?.(anchor, end);
  const next = text.bytes.subarray(anchor + 1, Math.min(text.length, end)).indexOf(until, 0, "latin1");
  return next < 0 ? end : anchor + 1 + next;
}

const atStart = (pattern: Pattern, window: string, at: number): Confirmed | undefined => pattern(window, at, true);

/** What a diff writes before a line, and a URL before its user: no neighbour of the token behind it. */
const MARK = /\n[+-](?=\S*$)|:\/\/(?=[^\s/]*$)/;

/** A token right behind a mark, whose pattern takes the mark for a part of something longer: a blank takes its place. */
function behindMark(pattern: Pattern, window: string, at: number, find: typeof atStart): Confirmed | undefined {
  const mark = MARK.exec(window.slice(0, at));
  if (!mark) return undefined;
  const end = mark.index + mark[0].length;
  const found = find(pattern, `${window.slice(0, end - 1)} ${window.slice(end)}`, at);
  return found && found.start >= end ? found : undefined;
}

/** The match of the window that covers `at`. */
function around(pattern: Pattern, window: string, at: number): Confirmed | undefined {
  let from = 0;
  for (let found = pattern(window, from, false); found; found = pattern(window, from, false)) {
    if (found.end > at) return found.start <= at ? found : undefined;
    from = Math.max(found.end, from + 1);
  }
  return undefined;
}

/** How deep texts hold each other as strings: JSON in JSON in JSON. */
const LEVELS = 3;

/** A file or line held in a string: `\\n`, `\\"`, `%3D` and colours stand where the pattern wants breaks, quotes and signs. */
function behindEscapes(pattern: Pattern, window: string, at: number): Confirmed | undefined {
  const levels: Unescaped[] = [];
  for (let text = window; levels.length < LEVELS; ) {
    const plain = unescaped(text);
    if (!plain) return undefined;
    levels.push(plain);
    text = plain.text;
    const found = around(
      pattern,
      text,
      levels.reduce((place, level) => level.inward(place), at),
    );
    if (found) return outward(found, levels);
  }
  return undefined;
}

function outward({ start, end, secretStart, secretEnd, groups }: Confirmed, levels: readonly Unescaped[]): Confirmed {
  const out = (index: number) => levels.reduceRight((place, level) => level.outward(place), index);
  return { start: out(start), end: out(end), secretStart: out(secretStart), secretEnd: out(secretEnd), groups };
}

function toHit(matcher: Matcher, found: Confirmed, base: number): Hit {
  const { secret, ...parts } = found.groups;
  return { matcher, start: base + found.secretStart, end: base + found.secretEnd, secret: secret ?? "", parts };
}

/** Compiles a built-in pattern, whose linear running time CI checks. */
export function builtinPattern(source: string, flags = ""): Pattern {
  const sticky = new RegExp(source, `dy${flags}`);
  const search = new RegExp(source, `dg${flags}`);
  return (window, from, exact) => {
    const engine = exact ? sticky : search;
    engine.lastIndex = from;
    const found = engine.exec(window);
    if (!found) return undefined;
    const groups = present(found.groups);
    const [secretStart, secretEnd] = found.indices?.groups?.secret ?? found.indices![0]!;
    const secret = groups.secret ?? found[0];
    return {
      start: found.index,
      end: found.index + found[0].length,
      secretStart,
      secretEnd,
      groups: { ...groups, secret },
    };
  };
}

function present(groups: Record<string, string | undefined> | undefined): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(groups ?? {})) if (value !== undefined) kept[name] = value;
  return kept;
}
