import { assignmentBefore } from "./assignment.ts";
import { mayBeUnquoted, UNQUOTED_SIGNS } from "./generic.ts";
import { type Hit, type Matcher, slice, type Text } from "./matcher.ts";
import { classes, restlessness, wordiness } from "./shape.ts";
import { type NameKind, nameKind } from "./telling-name.ts";
import { isCode, isUnreadable, isWords, isWritten, notChosen } from "./value.ts";

const BEFORE = 200;
/** The rest of the name that a telling word stands in, and what closes it. */
const REST = /^[\w.-]{0,40}(?:\\{0,3}["'`])?(?:\]|\))?/.source;
const SIGN =
  /[ \t]{0,16}(?:is:|(?::[ \t]{0,4}|[ \t](?:As[ \t])?)(?:Optional\[)?(?:&(?:'static )?)?(?:str|string|String|any|const|char|CharArray)\]?[?!]?[ \t]{0,4}=|\[\d{0,5}\][ \t]{0,4}=|:{1,3}=|\|\|=|\?\?=|<-|\.=|=>|==|!=|\?=|:[-=]|[=:(,>]|[ \t])[ \t]{0,16}/
    .source;
/** `name="password" value="`, `{"key": "password", "value": "`, and in the line after `- name: PASSWORD`. */
const VALUE_OF =
  /[,;]?\s{0,40}\{?["']?(?:(?:Parameter|string)?[Vv]alue|val|content|[Dd]efault)["']?[ \t]{0,4}[:=][ \t]{0,4}/.source;
const ELEMENT =
  /(?:<\/key|[^<>\n]{0,60})>\s{0,40}<(?:string|value|Value|!\[CDATA\[)>?|(?:[ \t]{1,4}\w{1,20}="[^"<>]{0,40}"){0,3}[ \t]{0,4}\/?>/
    .source;
/** `password: >-` and a line below; `DBPassword:`, a few lines, `Default:`; `"password": {"value":`. */
const BELOW =
  /:[ \t]{0,4}(?:[|>][+-]?[ \t]{0,4}\r?\n[ \t]{1,40}|(?:\{\s{0,40}|\r?\n)(?:[ \t]+(?:[Tt]ype|NoEcho|[Dd]escription|sensitive):[^\n]{0,80}\n){0,4}\s{0,40}["']?(?:[Vv]alue|[Dd]efault)["']?[ \t]{0,4}:[ \t]{0,4})/
    .source;
const VARIABLE = /[ \t]{0,4}\{[^{}"]{0,80}(?:"[^"\n{}]{0,120}"[^{}"]{0,40})?\bdefault[ \t]{0,8}=[ \t]{0,4}/.source;
/** `process.env.SECRET || "`, `getenv("PASSWORD") or "`. */
const ELSE = /[ \t]{0,4}(?:\|\||\?\?|\?:|\bor\b)[ \t]{0,4}|[ \t]{0,4},[ \t]{0,4}default=/.source;
/** A call that keeps its argument as it is (peel.ts). */
const KEPT = /(?:(?:new[ \t])?(?:\[\])?[A-Za-z_][\w.:]{0,40}\([ \t]{0,4})?/.source;
const QUOTE = /(?:[A-Za-z@]{0,2}(?=["'`\\]))?(?<quote>"{3}|\\{0,3}["'`]|&quot;)?/.source;
/** Most of a text behind a telling word that is looked at. */
const AHEAD = 420;
/** The ways from a name to its value, the plainest first, each with texts of which one stands that near behind the telling word. */
const WAYS = (
  [
    [SIGN + KEPT, [""], 0],
    [VALUE_OF, ["alue", "val", "content", "efault"], 110],
    [ELSE, ["||", "??", "?:", "or", "default"], 64],
    [ELEMENT, [">"], 260],
    [VARIABLE, ["default"], AHEAD],
    [BELOW, [":"], 50],
  ] as const
).map(([way, signs, within]) => ({ pattern: new RegExp(`${REST}(?:${way})${QUOTE}`), signs, within }));

/** Words in which `pass` stands and which say that a value is none of ours (telling-name.ts). */
const OTHER_WORD = /^pass(?:e[ds]|ing|ages?|ports?|ive|enger)(?![A-Za-z])/i;
/** Bytes in which one of them ends. */
const LONGEST_WORD = 12;

/** Tests what follows a word such as `passw` or `secret` for a password or short secret assigned to the name it stands in. */
export function genericPassword(text: Text, matcher: Matcher, anchor: number): Hit | undefined {
  if (OTHER_WORD.test(slice(text, anchor, anchor + LONGEST_WORD))) return undefined;
  const ahead = slice(text, anchor, anchor + AHEAD);
  for (const { pattern, signs, within } of WAYS) {
    const near = ahead.slice(0, within);
    const head = signs.some((sign) => near.includes(sign)) ? pattern.exec(ahead) : null;
    const hit = head ? passwordAt(text, matcher, anchor + head[0].length, head.groups?.quote ?? "") : undefined;
    if (hit) return hit;
  }
  return passwordInRow(text, matcher, anchor, ahead);
}

/** `| Root password | x |`: a row of a table in Markdown that names its own value. */
const ROW_NAME = /(?:^|\n)[ \t]{0,8}\|[ \t*`]{0,8}([\w .-]{0,40})$/;
const ROW_VALUE = /^([\w .-]{0,24})[*`]{0,3}[ \t]{0,40}\|[ \t]{0,40}`?(?<value>[^\s|`]{6,64})`?[ \t]{0,40}\|/;

function passwordInRow(text: Text, matcher: Matcher, anchor: number, ahead: string): Hit | undefined {
  const found = ROW_VALUE.exec(ahead);
  const begin = found ? ROW_NAME.exec(slice(text, anchor - 64, anchor)) : undefined;
  const value = found?.groups?.value;
  if (!found || !begin || !value || !classes(value).digit) return undefined;
  const name = `${begin[1]}${found[1]}`.trim();
  if (nameKind(name, "=") !== "password" || !mayBeSecret(value, "password", name, false, text.path)) return undefined;
  const start = anchor + found[0].lastIndexOf(value);
  return { matcher, start, end: start + value.length, secret: value, parts: {}, assignedTo: name };
}

function passwordAt(text: Text, matcher: Matcher, at: number, opened: string): Hit | undefined {
  const before = slice(text, at - BEFORE, at);
  const assignment = assignmentBefore(before);
  if (!assignment) return undefined;
  const kind = nameKind(assignment.name, assignment.sign);
  if (!kind || (!opened && !mayBeUnquoted(text, before))) return undefined;
  const quote = opened.replace(/\\/g, "").replace(/^"{3}$/, '"');
  if (!quote && !UNQUOTED_SIGNS.has(assignment.sign)) return undefined;
  // `PASS: a.exp: it works` is how test suites speak.
  if (assignment.sign === ":" && /^X?PASS(?:ED)?$/.test(assignment.name)) return undefined;
  const rest = slice(text, at, at + AHEAD);
  const plain = !quote && PLAIN.test(text.path) ? TO_THE_LINES_END.exec(rest)?.[0] : undefined;
  const sign = FLAG.test(before) ? " " : assignment.sign;
  const shown = quote || sign !== ":" ? undefined : shownIn(text, before, rest);
  const value = shown ?? (plain && !plain.endsWith(",") ? plain : readValue(rest, quote, sign));
  if (!value || (!quote && goesOn(before, rest.slice(value.length)))) return undefined;
  const chosen = mayBeSecret(
    shown ? shown.replaceAll("$", "~") : value,
    kind,
    assignment.name,
    quote !== "",
    text.path,
  );
  if (!chosen && !isGuess(value, assignment.name)) return undefined;
  if (assignment.sign === "," && isTellingName(value)) return undefined;
  // Three letters stand in every picture by chance.
  if (/^pw$/i.test(assignment.name) && !/^[\x20-\x7e]+$/.test(value)) return undefined;
  const hit = { matcher, start: at, end: at + value.length, secret: value, parts: {}, assignedTo: assignment.name };
  return chosen ? hit : { ...hit, demoted: GUESS };
}

const GUESS = "words, as examples have them: it counts only if it signs a token that was found";

/** Names of keys that sign tokens. */
const SIGNS = /jwt|jws|token[_.-]?(?:secret|sign)|sign(?:ing|ature)?[_.-]?(?:key|secret)/i;

/** Whether a value that looks like none may be the key of a token all the same: it can be tried. */
const isGuess = (value: string, name: string): boolean =>
  value.length <= 128 && SIGNS.test(name) && isWritten(value, name);

/** `["client_secret", "auth0_client_secret"]` is a list of names. */
function isTellingName(value: string): boolean {
  return /^[A-Za-z]+\d?(?:_[A-Za-z]+\d?)+$/.test(value) && nameKind(value, "=") !== undefined;
}

/** `/password:x` of a Windows command line: more may follow. */
const FLAG = /[ \t](?:\/|--?)\w{2,40}:$/;

/** A text of several words for people to read: in an element, or in settings where a name begins the line. */
function goesOn(before: string, after: string): boolean {
  if (before.endsWith(">") && !/[-=]>$/.test(before)) return /^[^<\n]{0,4}[ \t]+[^\s<]/.test(after);
  return (
    /(?:^|\n)[\w.-]{3,60}[ \t]?=[ \t]?$/.test(before) && /^[,.:!?]?[ \t]+[^\s#;&|\\-]+[ \t]+[^\s#;&|-]/.test(after)
  );
}

/** `  DB_PASSWORD: `: a line of the environment that a log shows, and a value to its end with a `$` that begins no variable. */
const OF_ENVIRONMENT = /(?:^|\n)[ \t]*[A-Z][A-Z0-9_]{2,60}:[ \t]$/;
const VARIABLE_NAME =
  /(?:[A-Z_]{2}|[a-z_]{2}|[A-Z_]{3}[A-Z0-9_]*|[a-z_]{3}[a-z0-9_]*|[A-Za-z][a-z]{2,}(?:[A-Z][a-z]{2,})*)(?![A-Za-z0-9_])/
    .source;
const WITH_DOLLAR = new RegExp(
  `^(?=[^\\s$]{1,127}\\$)(?:[^\\s"'\`<>{}()[\\]$|;,&\\\\]|\\$(?![{(]|${VARIABLE_NAME})){4,128}(?=[ \\t]*(?:$|[\\r\\n]))`,
);

/** A `$` is a character like others where a log shows values: what variables stood for was put in their place before. */
const shownIn = (text: Text, before: string, rest: string): string | undefined =>
  text.isLog && OF_ENVIRONMENT.test(before) ? WITH_DOLLAR.exec(rest)?.[0] : undefined;

/** Settings in which a value stands as it is, to the end of its line: no shell reads them. */
const PLAIN = /\.(?:ya?ml|ini|cfg|conf|cnf|properties|props|toml)$/i;
const TO_THE_LINES_END = /^[^\s"'`<>{}()[\]\\|*&!%@$;,#][^\s"'`<>{}\\]{3,127}(?=[ \t]*(?:$|[\r\n]|[ \t]#))/;

/** Behind a colon a plain value fills its line; behind other signs more may follow. */
const TO_THE_END =
  /^(?:[^\s"'`<>{}()[\]$|;,&\\]|\$(?![{(A-Za-z_])){4,128}(?=[ \t]*(?:$|[\r\n;,|&"'`<}\\#\x1b]|\/\/|\]\]>))/;
const TO_A_BLANK = /^(?:[^\s"'`<>{}()[\]$|;,&\\]|\$(?![{(A-Za-z_])){4,128}(?=[\s;,|&"'`<}\\]|\]\]>|$)/;

function readValue(rest: string, quote: string, sign: string): string | undefined {
  if (!quote) return (sign === ":" ? TO_THE_END : TO_A_BLANK).exec(rest)?.[0];
  const end = quote === "&quot;" ? rest.indexOf("&quot;") : rest.search(new RegExp(`[\n${quote}]`));
  if (end < 0 || rest[end] === "\n") return undefined;
  return rest.slice(0, end).replace(/\\+$/, "");
}

/** Whether a value that stands under a name which says nothing looks like a password or a secret. */
export const isChosen = (value: string, name: string, path: string): boolean =>
  value.length <= 128 &&
  !notChosen(value, name) &&
  !isWords(value) &&
  classes(value).digit &&
  isSecret(value, true, path);

/** Whether a value that stands under a telling name looks like a password or a secret. */
export function mayBeSecret(value: string, kind: NameKind, name: string, quoted: boolean, path: string): boolean {
  if (value.length < (kind === "password" ? 6 : 8) || value.length > 128) return false;
  if (notChosen(value, name) || isWords(value)) return false;
  return kind === "password" ? isPassword(value, quoted) : isSecret(value, quoted, path);
}

function isPassword(value: string, quoted: boolean): boolean {
  const kinds = classes(value);
  if (/^\d+$/.test(value)) return quoted && value.length <= 12;
  if (/^[A-Za-z]+$/.test(value)) return isUnreadable(value) || (quoted && value.length >= 8) || isRandomLetters(value);
  return kinds.digit || (kinds.other && kinds.count >= 2 && value.length >= 8);
}

/** Letters that change case often or follow each other as in no word: a machine chose them, and by chance no digit. */
function isRandomLetters(value: string): boolean {
  if (value.length >= 16 && isUnreadable(value)) return true;
  const letters = /^[A-Za-z]{16,}$/.test(value) && /[a-z]/.test(value) && /[A-Z]/.test(value);
  return letters && wordiness(value) < 0.45 && restlessness(value) >= 0.28;
}

/** A secret that is no token: mixed, or long and not one identifier. */
function isSecret(value: string, quoted: boolean, path: string): boolean {
  if (/^[A-Za-z_][\w]*(?:[.:/-][A-Za-z_]\w*)*$/.test(value) && wordiness(value) > 0.55) {
    return quoted && !isCode(path) && /secret|key/i.test(value) && value.length >= 16;
  }
  if (isRandomLetters(value)) return true;
  const kinds = classes(value);
  const mixed = kinds.count >= 3 || (kinds.other && value.length >= 10) || value.length >= 12;
  return kinds.digit && kinds.count >= 2 && mixed && (kinds.count === 4 || wordiness(value) < 0.7);
}
