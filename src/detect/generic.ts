import { assignmentBefore } from "./assignment.ts";
import { isUnlikeWords } from "./letters.ts";
import { type Hit, type Matcher, slice, type Text } from "./matcher.ts";
import { classes, entropy, isHex, isUuid, restlessness, wordiness } from "./shape.ts";
import { nameKind } from "./telling-name.ts";
import { isCode, isExpression } from "./value.ts";

const BEFORE = 200;
const LONGEST = 512;

/** Tests the value at [start, end) of a text, found as a run that mixes digits and letters, for a token assigned to a telling name. */
export function genericToken(text: Text, matcher: Matcher, start: number, end: number): Hit | undefined {
  const run = slice(text, start, Math.min(end, start + LONGEST));
  for (const offset of valueStarts(run)) {
    const hit = tokenAt(text, matcher, start + offset, run.slice(offset));
    if (hit) return hit;
  }
  return undefined;
}

/** A run may hold its own name: `TOKEN=abc`, so a value starts at the run and after each `=`. */
function valueStarts(run: string): number[] {
  const starts = [0];
  for (let at = run.indexOf("="); at >= 0 && at < run.length - 12 && starts.length < 4; at = run.indexOf("=", at + 1))
    starts.push(at + 1);
  return starts;
}

function tokenAt(text: Text, matcher: Matcher, at: number, rest: string): Hit | undefined {
  const before = slice(text, at - BEFORE, at);
  const assignment = assignmentBefore(before);
  if (!assignment) return undefined;
  const kind = nameKind(assignment.name, assignment.sign) ?? (isKeyOfApi(assignment.name, before) ? "key" : undefined);
  if (!kind || kind === "password") return undefined;
  const run = rest.replace(/[.\-_/+]+$/, "");
  const value = endsWell(text, at + run.length, assignment.quote) ? run : withSigns(text, at, run, assignment.quote);
  // `A=` and below it `B=`: an empty value.
  if (!assignment.quote && /=[ \t]*\r?\n\s*$/.test(before)) return undefined;
  if (!value || (!assignment.quote && !unquotedHere(text, assignment.sign, before))) return undefined;
  if (!looksRandom(value, kind === "key", assignment.name)) return undefined;
  const end = at + value.length;
  return { matcher, start: at, end, secret: value, parts: {}, assignedTo: assignment.name };
}

/** The address of an API, with a key in its query: `https://api.corp.net/v1/items?key=`. */
const API_QUERY =
  /:\/\/(?:[\w.-]{0,60}\.)?api\b[^\s"'<>]{0,160}[?&]\w{1,10}=$|:\/\/[\w.:-]{3,80}\/(?:[\w./-]{0,80}\/)?api\b[^\s"'<>]{0,120}[?&]\w{1,10}=$/;

const isKeyOfApi = (name: string, before: string): boolean =>
  /^(?:key|auth|appid|app_key|appkey)$/i.test(name) && API_QUERY.test(before);

/** What generators add to letters and digits; no text with an address, a format or a variable in it. */
const SIGNS = /^[\w\-+/=.!@#$%^&*~?:;]{1,80}$/;
const NO_SIGNS = /:\/\/|%[sdv]|%[0-9A-Fa-f]{2}|\$[A-Za-z_{]|\.[a-z]{2,4}\?|[?&;][\w-]{1,40}=|\w@\w{1,60}\.\w|:\d{2,5}$/;

/** A value in quotes that goes on behind its run with signs: `'Ir2d…FWg#@#@'`. */
function withSigns(text: Text, at: number, run: string, quote: string): string | undefined {
  if (!quote || quote === "&quot;") return undefined;
  const rest = slice(text, at + run.length, at + run.length + 84);
  const end = rest.indexOf(quote);
  const value = run + rest.slice(0, Math.max(0, end));
  return end > 0 && SIGNS.test(rest.slice(0, end)) && !NO_SIGNS.test(value) ? value : undefined;
}

/** The value must end where its quote does, or at a blank, comment or separator. */
function endsWell(text: Text, end: number, quote: string): boolean {
  const after = slice(text, end, end + 6);
  if (quote === "&quot;") return after.startsWith("&quot;");
  if (quote) return after[0] === quote || after.replace(/^\\+/, "")[0] === quote || after.startsWith("\\n");
  return after === "" || /^[\s"'`;,&|)}\]<#\\\x1b]/.test(after);
}

export const UNQUOTED_SIGNS: ReadonlySet<string> = new Set(["=", ":", " ", ">", ":=", "?=", "+="]);

/** Unquoted values count in configuration, logs and shells; in code only on a line that assigns like a shell does. */
function unquotedHere(text: Text, sign: string, before: string): boolean {
  return UNQUOTED_SIGNS.has(sign) && mayBeUnquoted(text, before);
}

/** The same, as far as it can be said without knowing the sign. */
export function mayBeUnquoted(text: Text, before: string): boolean {
  if (/\$\{[\w.-]{1,80}:[-=]?$/.test(before)) return true;
  if (!isCode(text.path)) return true;
  const line = before.slice(before.lastIndexOf("\n") + 1);
  // `putenv("NAME=value")`, `environ = ["NAME=value"]`
  if (/["'`][A-Z][A-Z0-9_]{2,60}=$/.test(line)) return true;
  return /(?:^|\\n)[ \t#/*]*(?:export |set )?[A-Z][A-Z0-9_]{2,}=$/.test(line) || /(?:--|[?&])[\w.-]+[= ]$/.test(line);
}

/** A public key in base64 (RFC 5280, 4.1.2.7): RSA, then curves. */
const PUBLIC_KEY =
  /^(?:MI[GI][A-Za-z0-9+/]{1,3}ANBgkqhkiG9w0BAQEFAAO|M[A-Za-z0-9+/]{4}wEAYHKoZIzj0CAQ|MFkwEwYHKoZIzj0CAQ|MCowBQYDK2V|MIGfMA0GCSqGSIb3DQEBAQUAA4|MIIBIjANBgkqhkiG9w0BAQEFAAOC)/;

/** Ids of applications, by GitHub, Okta, Salesforce, Square, NATS, Amazon and Google: half of a credential, and public. */
const PUBLIC_ID =
  /^(?:Iv1\.[0-9a-f]{16}$|[IO]v23[A-Za-z0-9]{16}$|0oa[A-Za-z0-9]{17}$|3MVG9|sq0id[bp]-|[OAUNCX][A-Z2-7]{55}$|amzn1\.application-oa2-client\.|\d{6,24}-[0-9a-z]{32}(?:\.apps|$))/;

/** Whether a value looks made by a machine: long, of many kinds of characters, restless, and no words, hash of a file or path. */
export function looksRandom(value: string, needsMore: boolean, name: string): boolean {
  if (value.length < 16 || value.length > 400 || value.includes("...")) return false;
  if (/^(?:sha\d+|md5)[-:]/i.test(value) || isExpression(value)) return false;
  if (PUBLIC_ID.test(value) || PUBLIC_KEY.test(value)) return false;
  // An address of Ethereum is public; a key has 64 digits.
  if (/^0x[0-9a-fA-F]{40}$/.test(value)) return false;
  if (isUuid(value)) return /secret|token|api|auth|access|record|credential/i.test(name);
  if (/^\d{4}-\d\d-\d\d/.test(value) || /^v?\d+(?:\.\d+){1,3}\b/.test(value)) return false;
  const kinds = classes(value);
  if (!kinds.digit || !(kinds.upper || kinds.lower)) return false;
  const digits = value.replace(/\D/g, "").length;
  if (isHex(value)) return value.length >= (needsMore ? 32 : 16) && entropy(value) >= 2.8 && digits >= 3;
  if (
    /[/.]/.test(value) &&
    (value.match(/[/.]/g)!.length >= 4 || /\.[a-z]{2,5}$/.test(value)) &&
    wordiness(value) > 0.3
  )
    return false;
  if (entropy(value) >= 3.2 && isUnlikeWords(value, needsMore ? 3 : 2)) return true;
  if (entropy(value) < (needsMore ? 3.6 : 3.2)) return false;
  // One digit in a long value of both cases comes by chance.
  if (digits < 2 && !(kinds.upper && kinds.lower && value.length >= 24 && restlessness(value) >= 0.35)) return false;
  if (wordiness(value) > (needsMore ? 0.4 : 0.5)) return false;
  return restlessness(value) >= (needsMore ? 0.28 : 0.22);
}
