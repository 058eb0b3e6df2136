import { listed } from "./listed.ts";
import { parentOf } from "./parent.ts";
import { peeled } from "./peel.ts";

/** What stands before a value: the name it is assigned to and how. */
export interface Assignment {
  /** The name as written: `JWT_SECRET`, `db.password`, `x-api-key`. */
  readonly name: string;
  /** The sign: `=`, `:`, `(`, `,`, `>`, or a blank after a command line flag. */
  readonly sign: string;
  /** The quote that opens the value, or nothing. */
  readonly quote: string;
}

const QUOTES = "\"'`";
/** What opens a text of several lines in Python, Java, Kotlin and Swift, and a literal in reStructuredText. */
const THREE = /"{3}$|'{3}$|`{2}$/;
const TYPES = new Set([
  "str",
  "string",
  "String",
  "char",
  "any",
  "SecretStr",
  "NSString",
  "CharSequence",
  "CharArray",
  "text",
  "bytes",
  "object",
  "auto",
  "const",
]);
/** A type that somebody named: `Token`, `config.Secret`; no constant. */
const TYPE = /^(?:[A-Z](?![A-Z0-9]*_)|\w+\.)/;
const VALUE_NAMES = /^(?:value|val|content|default|defaultvalue|text|data|stringvalue|parametervalue)$/i;
const NAMED_BEFORE =
  /(?:["']?\b(?:key|name|id|property|variable|parameter(?:key)?|field)["']?\s{0,4}[:=]\s{0,4}["']?)([A-Za-z_][\w.-]{1,80})["']?[^\n]{0,60}\n?[^\n]{0,60}$/i;
/** `variable "password" { … default = "x"` of Terraform, `getenv("PASSWORD", default="x")`, `password: str = Field(default="x")`. */
const DEFAULT_OF =
  /\bvariable[ \t]{1,4}"([\w-]{1,80})"\s{0,4}\{[^{}]{0,160}$|\(["']([\w.-]{1,80})["'],\s{0,8}$|([\w.]{1,80})\s{0,4}(?::[ \t]{0,4}[\w[\]. |]{1,40}[ \t]{0,4})?=[ \t]{0,4}[\w.]{1,40}\($/;

/** Colours of a terminal (ECMA-48, 8.3.117), as logs keep them. */
const COLOURS = /\x1b\[[\d;]{0,16}m/g;

/** `the api key is x`, `Token is: x`: prose that assigns. */
const SAYS =
  /(?<=\b(?:[Kk]ey|KEY|[Tt]oken|TOKEN|[Ss]ecret|SECRET|[Pp]assword|PASSWORD))["'`*]{0,2}[ \t](?:is|was)(?: now)?:?$/;
/** `API key: x`: what kind of key it is says the word before. */
const KEY_OF = /\b(api|access|secret|private|auth|consumer|client|encryption|signing|license)[ \t]$/i;

/** Reads the assignment that ends at the end of `text`, the text in front of a value: one line or little more. */
export function assignmentBefore(text: string): Assignment | undefined {
  const before = text.includes("\x1b") ? text.replace(COLOURS, "") : text;
  let at = before.length;
  const quoteEnd = at;
  if (QUOTES.includes(before[at - 1] ?? " ")) at -= THREE.exec(before.slice(-3))?.[0].length ?? 1;
  else if (before.endsWith("&quot;")) at -= 6;
  const quote = before
    .slice(at, quoteEnd)
    .slice(0, 6)
    .replace(THREE, (three) => three[0]!);
  while (before[at - 1] === "\\") at--;
  if (quote && /[bBrRuUfFLN@$]/.test(before[at - 1] ?? "") && !/\w/.test(before[at - 2] ?? "")) at--;
  const blanks = at;
  at = skipBlanks(before, at);
  if (isWord(before, at) && !SAYS_OR_ELSE.test(before.slice(Math.max(0, at - 8), at)))
    return at < blanks ? flagged(before, at, quote) : undefined;
  const plain = peeled(listed(before.slice(0, at))).replace(SAYS, ":");
  const end = skipBlanks(plain, plain.length);
  const sign = signBefore(plain, end);
  if (sign) return named(plain, end - sign.length, sign, quote);
  return at < blanks ? flagged(before, at, quote) : undefined;
}

/** Whether the last character before a place is a letter, digit or underscore. */
const isWord = (text: string, at: number): boolean => at > 0 && /\w/.test(text[at - 1]!);

/** Words that assign or stand for a sign: behind any other there is none (`SAYS`, and `or` of peel.ts). */
const SAYS_OR_ELSE = /(?:is|was|now|or)$/;

function skipBlanks(text: string, at: number): number {
  const stop = Math.max(0, at - 48);
  while (at > stop && " \t\r\n".includes(text[at - 1]!)) at--;
  return at;
}

const LONG_SIGNS = [":::=", "::=", "||=", "??=", ":=", "=>", "->", "<-", "==", "!=", "+=", ".=", "?=", "<<"];

function signBefore(text: string, at: number): string {
  const long = LONG_SIGNS.find((sign) => text.endsWith(sign, at));
  if (long) return long;
  const one = text[at - 1] ?? "";
  return "=:(,>".includes(one) ? one : "";
}

/** The name in front of a sign, through quotes, brackets and a type: `"a": `, `env["A"] = `, `a: str = `, `var a string = `. */
function named(text: string, at: number, sign: string, quote: string): Assignment | undefined {
  if (sign === "==" && text[at - 1] === "=") at--;
  const name = nameBefore(text, at);
  if (!name) return undefined;
  // `<password>`, not `a > b` and not the group `(?<secret>` of a regular expression.
  if (sign === ">" && !/(?<![?=:]|[=:]["' ])<$|:$/.test(text.slice(0, name.start))) return undefined;
  // `(forget_password): Likewise.`, `def password():`: a list of functions, or the end of a head.
  if (sign === ":" && /\)\s{0,8}$/.test(text.slice(0, at))) return undefined;
  const head = text.slice(0, name.start);
  if (describesAnother(head, text.slice(name.end, at), sign)) return undefined;
  if (sign === "," && !head.endsWith('"--') && !firstArgument(head, text.slice(name.start, at))) return undefined;
  if (sign.endsWith("=") || sign === "=>") {
    const typed = typedName(text, name.start, name.text, name.end === at);
    if (typed) return { name: typed, sign, quote };
  }
  if (VALUE_NAMES.test(name.text)) {
    const ahead = text.slice(0, name.start);
    const key = NAMED_BEFORE.exec(ahead)?.[1] ?? DEFAULT_OF.exec(ahead)?.slice(1).find(Boolean) ?? parentOf(ahead);
    if (key) return { name: key, sign, quote };
  }
  if (/^key$/i.test(name.text)) {
    const parent = parentOf(head);
    const whose = parent ?? KEY_OF.exec(head)?.[1];
    if (whose) return { name: `${whose}_key`, sign, quote };
  }
  const ofBuilder = sign === "(" && text[name.start - 1] === ".";
  return { name: ofBuilder ? `.${name.text}` : name.text, sign, quote };
}

/** `ids[token] = `, the digest in `sha256(token) == `, and the end of `arn:aws:secretsmanager:eu-west-1:1:secret:`. */
function describesAnother(before: string, nameOn: string, sign: string): boolean {
  if (nameOn.trim() === "]" && /(?:ids?|names?|cache|map|by\w{1,20}|index|counts?)\[$/i.test(before)) return true;
  if (nameOn.includes(")") && /^[=!]=$/.test(sign) && /\w\($/.test(before)) return true;
  return sign === ":" && nameOn === "" && /^arn:|\sarn:|["'`=]arn:/.test(before.slice(-80)) && before.endsWith(":");
}

/** Only a first argument names the second: `put("password", "x")`, but not `hash("password"), "x"` and `matches("password", "x")`. */
function firstArgument(before: string, nameOn: string): boolean {
  const head = /([\w$]*)[([{]\s{0,8}["'`]$/.exec(before);
  return head !== null && !nameOn.includes(")") && !COMPARES.test(head[1] ?? "");
}

/** Functions whose second argument is no value of the first. */
const COMPARES =
  /^(?:\w*equals?|matches|verify\w*|compare\w*|hash\w*|hmac\w*|digest|encode|sign|assert\w*|expect\w*|replace\w*|check\w*|encrypt\w*|decrypt\w*)$/i;

/** A line's end, a return or a tab written as escapes: the `n` in `\\nTOKEN=` is none of the name. `\\token=` may be a path. */
const ESCAPED = /^(?:n|[rt][A-Z])/;

function nameBefore(text: string, at: number): { text: string; start: number; end: number } | undefined {
  at = skipBlanks(text, at);
  // `char key[] =`, `char key[40] =`, `&quot;key&quot;:`
  at -= /(?:\[\d{0,5}\]|&quot;)?$/.exec(text.slice(Math.max(0, at - 8), at))![0].length;
  let end = at;
  while (end > 0 && at - end < 6 && `${QUOTES})]\\?! `.includes(text[end - 1]!)) end--;
  let start = end;
  const stop = Math.max(0, end - 80);
  while (start > stop && /[\w.$-]/.test(text[start - 1]!)) start--;
  if (text[start - 1] === "\\" && ESCAPED.test(text.slice(start, start + 2))) start++;
  const name = text.slice(start, end).replace(/^[-.$\d]+/, "");
  return name ? { text: name, start: end - name.length, end } : undefined;
}

/** `a: str =`, `a?: string =`, `String a =` needs nothing, `var a string =`; but `run: TOKEN=x` and `cmd: token=x` name no type. */
function typedName(text: string, start: number, name: string, tight: boolean): string | undefined {
  if (!TYPES.has(name) && (tight || !TYPE.test(name))) return undefined;
  const ahead = text.slice(Math.max(0, start - 90), start);
  const colon = /([A-Za-z_$][\w$]{0,79})\??[ \t]{0,4}:[ \t]{0,4}(?:&'?(?:static )?|final |Optional\[|Final\[)?$/.exec(
    ahead,
  );
  if (colon?.[1]) return colon[1];
  const qualified = name.includes(".") && /(?:^|\n)[ \t]*(?:var |const )?([A-Za-z_]\w{0,79})[ \t]{1,8}$/.exec(ahead);
  if (qualified) return qualified[1];
  if (!TYPES.has(name)) return undefined;
  return /([A-Za-z_][\w]{0,79})[ \t]{1,8}(?:As[ \t]{1,4})?\*?$/.exec(ahead)?.[1];
}

/** Accounts are made and changed with `CREATE USER a WITH PASSWORD 'x'` (SQL dialects of PostgreSQL, SQL Server, ClickHouse). */
const SQL_PASSWORD = /\b(?:CREATE|ALTER)[ \t]+(?:USER|ROLE|LOGIN)\b.*\bPASSWORD$/i;

/** `storePassword 'x'` of Gradle, `#define API_KEY "x"`, `:password "x"` of Clojure, `(setq token "x")`: a name before a quoted value. */
const SAID =
  /^(?:[ \t]*|.{0,80}[{(,][ \t]*:?|[ \t]*#define[ \t]+|[ \t]*\(setq[ \t]+|[ \t]*[:@])([A-Za-z_][\w-]{2,60})[ \t]*$/;

/** `--token X`, `-p X`, `ENV NAME X`, `set NAME X`: a blank does. */
function flagged(text: string, at: number, quote: string): Assignment | undefined {
  const line = text.slice(text.lastIndexOf("\n", at - 1) + 1, at);
  if (quote === "'" && SQL_PASSWORD.test(line)) return { name: "password", sign: " ", quote };
  // A text in backticks behind a word is prose, or the tag of a field in Go.
  const said = quote && quote !== "`" ? SAID.exec(line)?.[1] : undefined;
  if (said) return { name: said, sign: " ", quote };
  const name = flagBefore(line) ?? COMMAND.exec(line)?.[1];
  return name ? { name, sign: " ", quote } : undefined;
}

const FLAG = /(?:^|[\s"'`[,])--?([A-Za-z][\w.-]{0,60})$/;
const COMMAND =
  /^[ \t]*(?:ENV|ARG|set|setx|export|env|proxy_set_header|fastcgi_param|SetEnv|RequestHeader[ \t]+set)[ \t]+([A-Za-z_][\w-]{0,80})$/;

/** The flag that a line ends with. */
function flagBefore(line: string): string | undefined {
  let start = line.length;
  while (start > 0 && isOfFlag(line.charCodeAt(start - 1))) start--;
  return line[start] === "-" ? FLAG.exec(line.slice(Math.max(0, start - 1)))?.[1] : undefined;
}

/** Letters, digits, `_`, `-` and `.`. */
const isOfFlag = (code: number): boolean =>
  ((code | 32) >= 97 && (code | 32) <= 122) || (code >= 48 && code <= 57) || code === 95 || code === 45 || code === 46;
