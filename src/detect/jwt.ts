import { type Jose, parseJose } from "../decode/jose.ts";
import { type Hit, type Matcher, slice, type Text } from "./matcher.ts";

/** Longest token that is looked for. */
const LONGEST = 64 * 1024;
const PART = "[A-Za-z0-9_\\-+/]";
/** Header, then two to four more parts; standard base64 with padding is tolerated, as lenient parsers do. */
const WHOLE = new RegExp(`^${PART}{4,}={0,2}(?:\\.${PART}*={0,2}){1,4}`);
/** Where a token is cut by the end of a line: an escaped or real break, then indentation, quotes, signs or a log prefix. */
const BREAK =
  /(?:["'`]?[ \t]{0,4}[+\\.]?[ \t]{0,4})(?:\r?\n|\\r\\n|\\n)[ \t]{0,40}(?:(?:[#*|>]|\/\/|\d{4}-\d\d-\d\d[T ][\d:.,]{8,20}Z?|\[[^\]\n]{1,40}\]|\d{1,6}[:|])[ \t]{0,4}){0,3}[+.]?[ \t]{0,4}["'`]?/y;

/** Signature lengths in base64url characters (RFC 7518, 3.1): a shorter one was cut. */
const SIGNATURES: Readonly<Record<string, number>> = {
  HS256: 43,
  HS384: 64,
  HS512: 86,
  ES256: 86,
  ES384: 128,
  ES512: 176,
  EdDSA: 86,
  RS256: 342,
  PS256: 342,
};

/** Reads the JOSE object that starts at `anchor`: whole, wrapped over lines, encrypted or unsecured. Its header must decode. */
export function joseAt(text: Text, matcher: Matcher, anchor: number): Hit | undefined {
  const ahead = slice(text, anchor, anchor + 2048);
  const short = tokenIn(ahead, ahead.length < 2048);
  const found = short ?? tokenIn(slice(text, anchor, anchor + LONGEST), true);
  if (!found) return undefined;
  const end = anchor + found.length;
  return { matcher, start: anchor, end, secret: found.token, parts: {} };
}

/** `sure`: the text ends where the token's text ends, so that a match touching the end counts. */
function tokenIn(text: string, sure: boolean): { token: string; length: number } | undefined {
  const whole = WHOLE.exec(text)?.[0];
  if (!sure && (whole === undefined ? !/[^A-Za-z0-9_\-+/=.]/.test(text) : whole.length === text.length))
    return undefined;
  const direct = whole === undefined ? undefined : trimmed(whole);
  if (direct && !cut(direct.token, direct.jose, text.slice(direct.token.length)))
    return { token: direct.token, length: direct.token.length };
  const joined = unwrapped(text);
  if (joined) return joined;
  return direct ? { token: direct.token, length: direct.token.length } : undefined;
}

/** Too many dots (a file name, the end of a sentence): the longest beginning that parses. */
function trimmed(whole: string): { token: string; jose: Jose } | undefined {
  const parts = whole.split(".");
  for (let n = Math.min(5, parts.length); n >= 2; n--) {
    const token = parts.slice(0, n).join(".");
    const jose = n === 4 ? undefined : parseJose(token);
    if (jose) return n === 2 ? undefined : { token: withoutTail(token, jose), jose };
  }
  return undefined;
}

/** A signature of known length ends there: what follows (`...sig-comment`) is not part of it. */
function withoutTail(token: string, jose: Jose): string {
  const expected = SIGNATURES[String(jose.header["alg"])];
  const last = token.slice(token.lastIndexOf(".") + 1);
  return expected && last.length > expected && /^[-_/+]/.test(last.slice(expected))
    ? token.slice(0, token.length - last.length + expected)
    : token;
}

/** Whether a token that parses was cut by the end of its line: its signature is too short and a break follows. */
function cut(token: string, jose: Jose, rest: string): boolean {
  const expected = SIGNATURES[String(jose.header["alg"])];
  if (!expected || jose.form === "encrypted") return false;
  const have = token.length - token.lastIndexOf(".") - 1;
  BREAK.lastIndex = 0;
  return (
    have < expected && have % 4 !== 1 && BREAK.test(rest) && new RegExp(`^${PART}{4}`).test(rest.slice(BREAK.lastIndex))
  );
}

/** Joins lines of token characters as long as they end where the token may go on, and parses the whole. */
function unwrapped(text: string): { token: string; length: number } | undefined {
  const piece = /[A-Za-z0-9_\-+/=.]+/y;
  let joined = "";
  let at = 0;
  let best: { token: string; length: number } | undefined;
  for (let lines = 0; lines < 400; lines++) {
    piece.lastIndex = at;
    const part = piece.exec(text)?.[0];
    if (!part) break;
    const before = joined.length;
    joined += part;
    at += part.length;
    const found = lines > 0 ? parsedEnd(joined) : undefined;
    if (found && found > before) best = { token: joined.slice(0, found), length: at - (joined.length - found) };
    if (found && found < joined.length) break;
    BREAK.lastIndex = at;
    if (!BREAK.test(text)) break;
    if (best && complete(best.token)) break;
    at = BREAK.lastIndex;
  }
  return best;
}

function parsedEnd(joined: string): number | undefined {
  const whole = WHOLE.exec(joined)?.[0];
  const found = whole && joined.split(".").length > 2 ? trimmed(whole) : undefined;
  return found?.token.length;
}

function complete(token: string): boolean {
  const jose = parseJose(token);
  const expected = jose && SIGNATURES[String(jose.header["alg"])];
  return expected === undefined || token.length - token.lastIndexOf(".") - 1 >= expected;
}
