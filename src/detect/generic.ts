import { assignmentBefore } from "./assignment.ts";
import { type Hit, type Matcher, slice, type Text } from "./matcher.ts";
import { placeholder } from "./placeholder.ts";
import { classes, entropy, isHex, isUuid, restlessness, wordiness, words } from "./shape.ts";
import { nameKind } from "./telling-name.ts";

const BEFORE = 200;
const LONGEST = 512;

/** Source code, where an unquoted value is an expression and no secret. */
const CODE =
  /\.(?:c|cc|cpp|cxx|h|hh|hpp|m|mm|cs|java|kt|kts|scala|groovy|go|rs|py|pyi|pyx|rb|php|pl|pm|js|jsx|mjs|cjs|ts|tsx|mts|cts|vue|svelte|swift|dart|lua|r|jl|ex|exs|erl|hs|ml|clj|cljs|fs|vb|sol|asm|s|d|zig|nim|v|el|lisp|scm|tcl|bas|pas|f90|sql|proto|thrift|graphql|gql|css|scss|less|html?|xhtml|jsp|erb|ejs|hbs|twig|j2|jinja2?|tmpl|tpl)$/i;

/** Values that stand for something else: a call, a variable, a path, a type. */
const EXPRESSION =
  /^(?:[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*(?:\(|\[)|process\.env|os\.|env\.|self\.|this\.|new |await |function|lambda|null|nil|none|true|false|undefined|\$|%[sd@]|&|\*[A-Za-z])/i;

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
  const kind = nameKind(assignment.name);
  if (!kind || kind === "password") return undefined;
  const value = rest.replace(/[.\-_/+]+$/, "");
  const end = at + value.length;
  if (!endsWell(text, end, assignment.quote) || (!assignment.quote && !unquotedHere(text, assignment.sign, before)))
    return undefined;
  if (!looksRandom(value, kind === "key", assignment.name)) return undefined;
  return { matcher, start: at, end, secret: value, parts: {}, assignedTo: assignment.name };
}

/** The value must end where its quote does, or at a blank, comment or separator. */
function endsWell(text: Text, end: number, quote: string): boolean {
  const after = slice(text, end, end + 6);
  if (quote === "&quot;") return after.startsWith("&quot;");
  if (quote) return after[0] === quote || after.replace(/^\\+/, "")[0] === quote || after.startsWith("\\n");
  return after === "" || /^[\s"'`;,&|)}\]<#\\]/.test(after);
}

/** Unquoted values count in configuration, logs and shells; in code only on a line that assigns like a shell does. */
function unquotedHere(text: Text, sign: string, before: string): boolean {
  if (sign === "(" || sign === ",") return false;
  if (!CODE.test(text.path)) return true;
  const line = before.slice(before.lastIndexOf("\n") + 1);
  return /^[ \t#/*]*(?:export |set )?[A-Z][A-Z0-9_]{2,}=$/.test(line) || /(?:--|[?&])[\w.-]+[= ]$/.test(line);
}

/** Whether a value looks made by a machine: long, of many kinds of characters, restless, and no words, hash of a file or path. */
export function looksRandom(value: string, needsMore: boolean, name: string): boolean {
  if (value.length < 16 || value.length > 400) return false;
  if (/^(?:sha\d+|md5)[-:]/i.test(value) || EXPRESSION.test(value)) return false;
  if (isUuid(value)) return /secret|token|api|auth/i.test(name);
  if (/^\d{4}-\d\d-\d\d/.test(value) || /^v?\d+(?:\.\d+){1,3}\b/.test(value)) return false;
  const kinds = classes(value);
  if (!kinds.digit || !(kinds.upper || kinds.lower)) return false;
  const digits = value.replace(/\D/g, "").length;
  if (isHex(value)) return value.length >= (needsMore ? 32 : 20) && entropy(value) >= 2.8 && digits >= 3;
  if (
    /[/.]/.test(value) &&
    (value.match(/[/.]/g)!.length >= 4 || /\.[a-z]{2,5}$/.test(value)) &&
    wordiness(value) > 0.3
  )
    return false;
  if (entropy(value) < (needsMore ? 3.6 : 3.2) || digits < 2) return false;
  if (wordiness(value) > (needsMore ? 0.4 : 0.5)) return false;
  return restlessness(value) >= (needsMore ? 0.28 : 0.22);
}

const AFTER_NAME =
  /^[\w.-]{0,40}(?:\\{0,3}["'`])?(?:\]|\))?[ \t]{0,16}(?:(?::[ \t]{0,4}(?:str|string|String|any|const|char)[?!]?[ \t]{0,4}=)|:=|=>|==|!=|\?=|[=:(,>]|[ \t])[ \t]{0,16}(?:[A-Za-z@]{0,2}(?=["'`\\]))?(?<quote>\\{0,3}["'`]|&quot;)?/;

/** Tests what follows a word such as `passw` or `secret` for a password or short secret assigned to the name it stands in. */
export function genericPassword(text: Text, matcher: Matcher, anchor: number): Hit | undefined {
  const ahead = slice(text, anchor, anchor + 420);
  const head = AFTER_NAME.exec(ahead);
  if (!head) return undefined;
  const at = anchor + head[0].length;
  const before = slice(text, at - BEFORE, at);
  const assignment = assignmentBefore(before);
  if (!assignment) return undefined;
  const kind = nameKind(assignment.name);
  if (!kind) return undefined;
  const quote = head.groups?.["quote"]?.replace(/\\/g, "") ?? "";
  if (!quote && !unquotedHere(text, assignment.sign, before)) return undefined;
  const value = readValue(ahead.slice(head[0].length), quote);
  if (!value || !looksChosen(value, kind, assignment.name, quote !== "", text.path)) return undefined;
  return { matcher, start: at, end: at + value.length, secret: value, parts: {}, assignedTo: assignment.name };
}

function readValue(rest: string, quote: string): string | undefined {
  if (!quote) return /^[^\s"'`<>{}()[\]$|;,\\]{4,128}(?=[\s;,|&"'`<]|$)/.exec(rest)?.[0];
  const end = quote === "&quot;" ? rest.indexOf("&quot;") : closing(rest, quote);
  if (end < 0) return undefined;
  return rest.slice(0, end).replace(/\\+$/, "");
}

function closing(text: string, quote: string): number {
  for (let i = 0; i < text.length; i++) {
    if (text[i] === "\n") return -1;
    if (text[i] === quote) return i;
  }
  return -1;
}

const COMMON_VALUES =
  /^(?:pass(?:word|wd|phrase)?|secret|token|admin|root|user(?:name)?|login|test(?:ing|er)?|null|none|nil|true|false|undefined|default|string|text|hidden|required|optional|yes|no|on|off|empty|unknown|value|key|name|changeit|postgres|mysql|redis|guest|demo|foo|bar|baz|hello|world|abc|xyz|auto|basic|bearer|oauth2?|file|env|vault|prompt|plain|md5|sha\d*|bcrypt|scram-sha-256|trust|peer|ident|disabled?|enabled?|password\d?|confirm|forgot|reset|invalid|missing|new|old|current|my|your|same|incorrect|wrong|type|enter|n\/a)$/i;

/** Whether a quoted or configured value looks like a password somebody set: no sentence, no variable, no plain word. */
function looksChosen(value: string, kind: string, name: string, quoted: boolean, path: string): boolean {
  if (value.length < (kind === "password" ? 6 : 10) || value.length > 128) return false;
  if (/\s/.test(value) || EXPRESSION.test(value) || COMMON_VALUES.test(value)) return false;
  if (
    /^[<{[(%#@$]|[>})\]]$|\$\{|\{\{|<%|%\(|^\/|^\.{1,2}\/|:\/\/|^--|^[\w.]+\(|\\[nrtdwsb]|^[A-Z_]+_[A-Z_]+$|^\w+\.\w+\.\w+$|^\*+$|^[^A-Za-z0-9]+$/.test(
      value,
    )
  )
    return false;
  const lower = value.toLowerCase();
  if (words(name).some((word) => word.length > 3 && lower.replace(/[^a-z]/g, "") === word)) return false;
  if (kind !== "password") return secretPhrase(value, quoted, path);
  const kinds = classes(value);
  if (/^[a-z]+(?:[-_.][a-z]+)+$/i.test(value) && wordiness(value) > 0.8) return false;
  if (/^[A-Za-z]+$/.test(value)) return quoted && value.length >= 8 && !camelOrWord(value);
  return kinds.digit || (kinds.other && kinds.count >= 2);
}

/** A secret that is no token: mixed, or long and not one identifier. */
function secretPhrase(value: string, quoted: boolean, path: string): boolean {
  if (/^[A-Za-z_][\w]*(?:[.:/-][A-Za-z_]\w*)*$/.test(value) && wordiness(value) > 0.55) {
    return quoted && !CODE.test(path) && /secret|key/i.test(value) && value.length >= 16;
  }
  const kinds = classes(value);
  return (
    kinds.digit && kinds.count >= 2 && (kinds.other || kinds.count >= 3 || value.length >= 12) && wordiness(value) < 0.7
  );
}

function camelOrWord(value: string): boolean {
  return wordiness(value) > 0.6 || /^[A-Z]?[a-z]+$/.test(value) || /^[A-Z]+$/.test(value);
}

/** Why a generic value is no secret after all; placeholders are shown with `--min-level none`. */
export function genericDemotion(value: string): string | undefined {
  return placeholder(value);
}
