import { isUtf8 } from "node:buffer";
import { type Hit, type Matcher, slice, type Text } from "./matcher.ts";
import { placeholder } from "./placeholder.ts";
import { classes, entropy, wordiness } from "./shape.ts";

/**
 * An opaque bearer token after the word: in headers, curl, HAR and Postman JSON, and code
 * (`Authorization: Bearer x`, `"Bearer x"`, `Bearer ' + 'x'`, `setBearerAuth("x")`). RFC 6750, 2.1: `b64token`.
 */
const BEARER =
  /^bearer(?:auth)?(?:[ \t]{1,4}|%20|\+|["'`]?[ \t]{0,4}[:=+,(][ \t]{0,4}["'`]?|[ \t]{0,4}["'`][ \t]{0,2}[+.,][ \t]{0,4}["'`])(?<token>[A-Za-z0-9\-._~+/]{12,4096}={0,2})(?![A-Za-z0-9\-._~+/({[])/i;

/** What stands behind the word at least: `BearerTokenResolver` is none. */
const BEARER_OPENS = /^bearer(?:auth)?[ \t%+"'`:=,(]/i;

export function bearerAt(text: Text, matcher: Matcher, anchor: number): Hit | undefined {
  if (!BEARER_OPENS.test(slice(text, anchor, anchor + 11))) return undefined;
  const found = BEARER.exec(slice(text, anchor, anchor + 4200));
  const token = found?.groups?.token?.replace(/\.+$/, "");
  if (!found || !token || !opaque(token)) return undefined;
  const start = anchor + found[0].indexOf(token, 6);
  return { matcher, start, end: start + token.length, secret: token, parts: {} };
}

function opaque(token: string): boolean {
  const kinds = classes(token);
  if (!kinds.digit || !(kinds.lower || kinds.upper))
    return placeholder(token) !== undefined && token.length >= 16 && kinds.count > 1;
  return entropy(token) >= 2.8 && wordiness(token) < 0.5;
}

const BASIC =
  /^basic(?:[ \t]{1,4}|%20|[ \t]{0,4}["'`][ \t]{0,2}[+.,][ \t]{0,4}["'`])(?<token>[A-Za-z0-9+/\-_]{8,2048}={0,2})(?![A-Za-z0-9+/=])/i;
const CREDENTIALS = /^(?<user>[\x21-\x39\x3b-\x7e]{0,128}):(?<password>[^\x00-\x1f\x7f]{3,256})$/;

/** `Authorization: Basic` with user and password in base64 (RFC 7617, 2). */
const BASIC_OPENS = /^basic[ \t%"'`]/i;

export function basicAt(text: Text, matcher: Matcher, anchor: number): Hit | undefined {
  if (!BASIC_OPENS.test(slice(text, anchor, anchor + 6))) return undefined;
  const found = BASIC.exec(slice(text, anchor, anchor + 2100));
  const token = found?.groups?.token;
  if (!found || !token) return undefined;
  const plain = CREDENTIALS.exec(decoded(token));
  if (!plain?.groups) return undefined;
  const start = anchor + found[0].indexOf(token, 5);
  const user = plain.groups.user ?? "";
  const password = plain.groups.password ?? "";
  const made = MADE_UP.test(password) && MOCK.test(slice(text, anchor - 40, anchor));
  const reason = made ? "placeholder: a made-up login that a mock server expects" : placeholder(password);
  return {
    matcher,
    start,
    end: start + token.length,
    secret: token,
    parts: { user: looksSecret(user) ? "(withheld)" : user },
    ...(reason ? { demoted: reason } : {}),
  };
}

/** A header as MockServer logs its expectations, which are what tests made up. */
const MOCK = /"values"\s{0,4}:\s{0,4}\[\s{0,8}"$/;
const MADE_UP = /^[A-Za-z]{3,8}$/;

/** The text of a whole base64 encoding; nothing for a word that only uses its letters: `Basic Operators`. */
function decoded(token: string): string {
  const bytes = Buffer.from(token, "base64");
  return token.replace(/=+$/, "").length % 4 !== 1 && isUtf8(bytes) ? bytes.toString("utf8") : "";
}

/** Some APIs take the key as user name: such a user is not shown. */
function looksSecret(user: string): boolean {
  return user.length >= 16 && /\d/.test(user) && !user.includes("@");
}
