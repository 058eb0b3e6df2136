import { parseJose } from "../decode/jose.ts";
import { isJoseHeader } from "./jose-header.ts";
import { type Hit, type Matcher, slice, type Text } from "./matcher.ts";

/** How far from its header an object is looked at. */
const AROUND = 8192;

const PROTECTED = /"protected"\s{0,40}:\s{0,40}"$/;
const HEADER = /^[A-Za-z0-9_-]{16,4096}(?=")/;
/** What follows a member's name when its value is base64url. */
const VALUE = /\s{0,40}:\s{0,40}"([A-Za-z0-9_-]*)"/dy;

interface Member {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** Reads one signature of a JWS in JSON (RFC 7515, 7.2), whose protected header starts at `anchor`: as a secret it is what it is in compact form. */
export function joseObjectAt(text: Text, matcher: Matcher, anchor: number): Hit | undefined {
  if (!PROTECTED.test(slice(text, anchor - 96, anchor))) return undefined;
  const header = HEADER.exec(slice(text, anchor, anchor + 4100))?.[0];
  if (!header) return undefined;
  const end = anchor + header.length;
  const own = objectAround(text, anchor, end, 1);
  if (!own) return undefined;
  const signature = memberOf(text, '"signature"', own, anchor, end);
  const payload = memberOf(text, '"payload"', own, anchor, end) ?? payloadAround(text, anchor, end);
  if (!signature || !payload) return undefined;
  const secret = `${header}.${payload.value}.${signature.value}`;
  const jose = parseJose(secret);
  if (!jose || !isJoseHeader(jose.header)) return undefined;
  const start = Math.min(anchor, signature.start, payload.start);
  return { matcher, start, end: Math.max(end, signature.end, payload.end), secret, parts: {} };
}

/** A part of a text. */
interface Part {
  readonly from: number;
  readonly to: number;
}

/** Several signatures stand in a list, and their payload beside it. */
function payloadAround(text: Text, start: number, end: number): Member | undefined {
  // Asked first, since it is told soon.
  if (!slice(text, start - AROUND, end + AROUND).includes('"payload"')) return undefined;
  const outer = objectAround(text, start, end, 2);
  return outer && memberOf(text, '"payload"', outer, start, end);
}

/** The object that [start, end) stands in, or with `levels` 2 the one around that; as far as it is near. */
function objectAround(text: Text, start: number, end: number, levels: number): Part | undefined {
  const [back, ahead] = [slice(text, start - AROUND, start), slice(text, end, end + AROUND)];
  let [first, last] = [back.length, -1];
  for (let left = levels; left > 0 && first >= 0; ) left += depth(back[--first], "}", "{");
  for (let left = levels; left > 0 && last < ahead.length; ) left += depth(ahead[++last], "{", "}");
  return first < 0 || last >= ahead.length ? undefined : { from: start - back.length + first, to: end + last };
}

const depth = (character: string | undefined, more: string, less: string): number =>
  character === more ? 1 : character === less ? -1 : 0;

/** A member of an object, behind the header or before it. */
function memberOf(text: Text, name: string, { from, to }: Part, start: number, end: number): Member | undefined {
  const ahead = slice(text, end, to);
  const back = slice(text, from, start);
  return member(ahead, ahead.indexOf(name), name, end) ?? member(back, back.lastIndexOf(name), name, from);
}

function member(near: string, at: number, name: string, offset: number): Member | undefined {
  VALUE.lastIndex = at + name.length;
  const found = at < 0 ? null : VALUE.exec(near);
  const place = found?.indices?.[1];
  return found && place ? { value: found[1]!, start: offset + place[0], end: offset + place[1] } : undefined;
}
