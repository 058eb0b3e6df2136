import { parseJose } from "../decode/jose.ts";
import { isJoseHeader } from "./jose-header.ts";
import { type Hit, type Matcher, slice, type Text } from "./matcher.ts";

/** How far from its header the signature and the payload of an object are looked for. */
const NEAR = 2048;
const FAR = 16_384;

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
  const [from, to] = [anchor - toStart(text, anchor), end + toEnd(text, end)];
  const signature = behind(text, '"signature"', end, to - end) ?? before(text, '"signature"', anchor, anchor - from);
  const payload = behind(text, '"payload"', end, FAR) ?? before(text, '"payload"', anchor, FAR);
  if (!signature || !payload) return undefined;
  const secret = `${header}.${payload.value}.${signature.value}`;
  const jose = parseJose(secret);
  if (!jose || !isJoseHeader(jose.header)) return undefined;
  const start = Math.min(anchor, signature.start, payload.start);
  return { matcher, start, end: Math.max(end, signature.end, payload.end), secret, parts: {} };
}

/** Bytes from a place to the end of the object it stands in, at most `NEAR`. */
function toEnd(text: Text, at: number): number {
  const ahead = slice(text, at, at + NEAR);
  let depth = 0;
  for (let i = 0; i < ahead.length; i++) {
    if (ahead[i] === "{") depth++;
    else if (ahead[i] === "}" && depth-- === 0) return i;
  }
  return ahead.length;
}

/** The same to its beginning. */
function toStart(text: Text, at: number): number {
  const back = slice(text, at - NEAR, at);
  let depth = 0;
  for (let i = 1; i <= back.length; i++) {
    if (back.at(-i) === "}") depth++;
    else if (back.at(-i) === "{" && depth-- === 0) return i;
  }
  return back.length;
}

function behind(text: Text, name: string, from: number, most: number): Member | undefined {
  const ahead = slice(text, from, from + most);
  return member(ahead, ahead.indexOf(name), name, from);
}

function before(text: Text, name: string, to: number, most: number): Member | undefined {
  const from = Math.max(0, to - most);
  const back = slice(text, from, to);
  return member(back, back.lastIndexOf(name), name, from);
}

function member(near: string, at: number, name: string, offset: number): Member | undefined {
  VALUE.lastIndex = at + name.length;
  const found = at < 0 ? null : VALUE.exec(near);
  const place = found?.indices?.[1];
  return found && place ? { value: found[1]!, start: offset + place[0], end: offset + place[1] } : undefined;
}
