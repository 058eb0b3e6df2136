import { type Jose, parseJose } from "../decode/jose.ts";
import { isJoseHeader, mayBeJose } from "./jose-header.ts";
import { type Hit, type Matcher, slice, type Text } from "./matcher.ts";

/** Longest token that is looked for. */
const LONGEST = 64 * 1024;
/** What is read of one at first. */
const SHORT = 2048;
const PART = "[A-Za-z0-9_\\-+/]";
/** Header, then two to four more parts; standard base64 with padding is tolerated, as lenient parsers do. */
const WHOLE = new RegExp(`^${PART}{4,}={0,2}(?:\\.${PART}*={0,2}){1,4}`);
/** A JWE has four. */
const MAX_DOTS = 4;
/** Where a token is cut by the end of a line: an escaped or real break, then indentation, quotes, signs or a log prefix. */
const BREAK =
  /(?:["'`]?[ \t]{0,4}[+\\.]?[ \t]{0,4})(?:\r?\n|\\r\\n|\\n)[ \t]{0,40}(?:(?:[#*|>]|\/\/|\d{4}-\d\d-\d\d[T ][\d:.,]{8,20}Z?|\[[^\]\n]{1,40}\]|\d{1,6}[:|])[ \t]{0,4}){0,3}[+.]?[ \t]{0,4}["'`]?/y;

/** More than a break is long. */
const LONGEST_BREAK = 256;

const RSA = [171, 342, 512, 683];
/** Lengths of the last part in base64url characters, by `alg` of a signature and `enc` of an encryption (RFC 7518, 3.1 and 5.1). */
const LAST_PARTS: Readonly<Record<string, readonly number[]>> = {
  HS256: [43],
  HS384: [64],
  HS512: [86],
  ES256: [86],
  ES256K: [86],
  ES384: [128],
  ES512: [176],
  EdDSA: [86, 152],
  RS256: RSA,
  RS384: RSA,
  RS512: RSA,
  PS256: RSA,
  PS384: RSA,
  PS512: RSA,
  A128GCM: [22],
  A192GCM: [22],
  A256GCM: [22],
  "A128CBC-HS256": [22],
  "A192CBC-HS384": [32],
  "A256CBC-HS512": [43],
};

/** A token, and how much text it took up. */
interface Found {
  readonly token: string;
  readonly length: number;
}

/** Reads the JOSE object that starts at `anchor`: whole, wrapped over lines, encrypted or unsecured. Its header must decode. */
export function joseAt(text: Text, matcher: Matcher, anchor: number): Hit | undefined {
  const ahead = slice(text, anchor, anchor + SHORT);
  if (!mayBeJose(ahead)) return undefined;
  const near = tokenIn(ahead, ahead.length < SHORT);
  const found = near === "more" ? longToken(text, anchor) : near;
  if (!found || found === "more") return undefined;
  const end = anchor + found.length;
  return { matcher, start: anchor, end, secret: found.token, parts: {} };
}

function longToken(text: Text, anchor: number): ReturnType<typeof tokenIn> {
  const ahead = slice(text, anchor, anchor + LONGEST);
  return ahead.includes(".") && mayBeJose(ahead) ? tokenIn(ahead, true) : undefined;
}

/** `sure`: the text ends where the token's text ends, so that a match touching the end counts; else `more` may tell. */
function tokenIn(text: string, sure: boolean): Found | "more" | undefined {
  const whole = WHOLE.exec(text)?.[0];
  if (!sure && (whole === undefined ? !/[^A-Za-z0-9_\-+/=.]/.test(text) : whole.length === text.length)) return "more";
  const direct = whole === undefined ? undefined : trimmed(whole);
  if (direct && !cut(direct.token, direct.jose, text.slice(direct.token.length)))
    return { token: direct.token, length: direct.token.length };
  const { best, read } = unwrapped(text);
  if (best) return best;
  if (direct) return { token: direct.token, length: direct.token.length };
  return !sure && read + LONGEST_BREAK > text.length ? "more" : undefined;
}

/** Too many dots (a file name, the end of a sentence): the longest beginning that parses. */
function trimmed(whole: string, growing = false): { token: string; jose: Jose } | undefined {
  const parts = whole.split(".");
  for (let n = Math.min(5, parts.length); n >= 3; n--) {
    const token = parts.slice(0, n).join(".");
    const jose = n === 4 ? undefined : parseJose(token);
    if (jose && !isJoseHeader(jose.header)) return undefined;
    if (jose) return { token: withoutTail(token, jose, growing), jose };
  }
  return undefined;
}

/** What lengths the last part may have; a shorter one was cut. None when its algorithm says nothing. */
function lengths(jose: Jose): readonly number[] {
  const algorithm = jose.form === "encrypted" ? jose.header.enc : jose.header.alg;
  return typeof algorithm === "string" && Object.hasOwn(LAST_PARTS, algorithm) ? LAST_PARTS[algorithm]! : [];
}

const lastPart = (token: string): string => token.slice(token.lastIndexOf(".") + 1);

/** A last part of known length ends there: what follows (`...sig-comment`) is not part of it. One that still grows may be a longer one. */
function withoutTail(token: string, jose: Jose, growing: boolean): string {
  const last = lastPart(token);
  const known = growing ? lengths(jose).slice(-1) : lengths(jose);
  if (known.includes(last.length)) return token;
  const end = known.findLast((length) => /[-_/+]/.test(last[length] ?? ""));
  return end === undefined ? token : token.slice(0, token.length - last.length + end);
}

/** Whether nothing is missing from a token's end, as far as its algorithm tells. */
function complete(token: string, jose: Jose): boolean {
  const known = lengths(jose);
  const { length } = lastPart(token);
  return known.includes(length) || length >= (known.at(-1) ?? 0);
}

/** Whether a token that parses was cut by the end of its line: its last part is too short and a break follows. */
function cut(token: string, jose: Jose, rest: string): boolean {
  if (complete(token, jose) || lastPart(token).length % 4 === 1) return false;
  BREAK.lastIndex = 0;
  return BREAK.test(rest) && new RegExp(`^${PART}{4}`).test(rest.slice(BREAK.lastIndex));
}

/** Joins lines of token characters as long as they end where the token may go on, and parses the whole. */
function unwrapped(text: string): { readonly best?: Found; readonly read: number } {
  const piece = /[A-Za-z0-9_\-+/=.]+/y;
  let joined = "";
  let dots = 0;
  let at = 0;
  let best: (Found & { complete: boolean }) | undefined;
  for (let lines = 0; lines < 400; lines++) {
    piece.lastIndex = at;
    const part = piece.exec(text)?.[0];
    if (!part) break;
    const before = joined.length;
    joined += part;
    at += part.length;
    dots += part.split(".").length - 1;
    // Asked ever more rarely as it grows, so that asking costs no more than reading.
    if ((lines & (lines - 1)) === 0 && !mayBeJose(joined)) break;
    const found = lines > 0 && dots > 1 ? parsed(joined) : undefined;
    const end = found?.token.length ?? 0;
    if (found && end > before)
      best = { token: found.token, length: at - (joined.length - end), complete: complete(found.token, found.jose) };
    // Behind a fifth dot nothing belongs to the token any more.
    if (found ? end < joined.length : dots > MAX_DOTS) break;
    BREAK.lastIndex = at;
    if (!BREAK.test(text) || best?.complete) break;
    at = BREAK.lastIndex;
  }
  return { ...(best ? { best } : {}), read: at };
}

function parsed(joined: string): { token: string; jose: Jose } | undefined {
  const whole = WHOLE.exec(joined)?.[0];
  return whole ? trimmed(whole, true) : undefined;
}
