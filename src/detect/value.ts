import { wordLikeness } from "./letters.ts";
import { wordiness, words } from "./shape.ts";

/** Endings of source code, where an unquoted value is an expression and no secret. */
const SOURCES = new Set(
  (
    "c cc cpp cxx h hh hpp m mm cs java kt kts scala groovy go rs py pyi pyx rb php pl pm js jsx mjs cjs " +
    "ts tsx mts cts vue svelte swift dart lua r jl ex exs erl hs ml clj cljs fs vb sol asm s d zig nim v " +
    "el lisp scm tcl bas pas f90 sql proto thrift tf hcl bicep graphql gql css scss less htm html xhtml " +
    "jsp erb ejs hbs twig j2 jinja jinja2 tmpl tpl"
  ).split(" "),
);

/** Whether a path is one of source code, by its ending. */
export function isCode(path: string): boolean {
  const dot = path.lastIndexOf(".");
  return dot >= 0 && SOURCES.has(path.slice(dot + 1).toLowerCase());
}

const EXPRESSION =
  /^(?:[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*(?:\(|\[)|process\.env|os\.|env\.|self\.|this\.|new |await |function|lambda|null|nil|none|true|false|undefined|\$|%[sd@]|&|\*[A-Za-z])/i;

/** Whether a value stands for something else: a call, a variable, a constant of the language. */
export const isExpression = (value: string): boolean => EXPRESSION.test(value);

/** Words that people write where a password goes when they show how it is done. */
const COMMON =
  /^(?:pass(?:word|wd|phrase)?|secret|token|admin|root|user(?:name)?|login|test(?:ing|er)?|null|none|nil|true|false|undefined|default|string|text|hidden|required|optional|yes|no|on|off|empty|unknown|value|key|name|changeit|postgres|mysql|redis|guest|demo|foo|bar|baz|hello|world|abc|xyz|auto|basic|bearer|oauth2?|file|env|vault|prompt|plain|md5|sha\d*|bcrypt|scram-sha-256|trust|peer|ident|disabled?|enabled?|password\d?|confirm|forgot|reset|invalid|missing|new|old|current|my|your|same|incorrect|wrong|type|enter|n\/a)$/i;

/** Shapes of values that are no secrets, each with what it is. */
const SHAPES: readonly (readonly [what: string, shape: RegExp])[] = [
  ["a sentence", /\s/],
  ["a template or a variable", /^[<{[(%#@$]|\$\{|\{\{|<%|%\(|\$[A-Za-z_]\w*$/],
  ["the rest of an expression", /^[.+,)\]|&;*-]|[>})\]]$|^[\w.]+\(/],
  [
    "a reference to a secret",
    /^(?:vault|op|arn|ssm|akv|sm|secretsmanager|awssm|gcpsm|ref|env|file|keyring|keychain|bws|doppler|projects)[:/](?=.)/i,
  ],
  ["a rule of validation", /^(?:required|nullable|sometimes|confirmed|string|(?:min|max|size):\d+)(?:\|.*)$/],
  ["a type of a column", /^(?:n?var)?char2?(?:\(\d+\))?$/i],
  ["the name of an image", /^[a-z][\w.-]*\/[\w./-]+:[\w.-]+$/],
  ["members of an object", /^(?:[A-Za-z_$][\w$]*\.)+[A-Za-z_$][\w$]*[:?=]/],
  ["a path or address", /^\/|^\.{1,2}\/|:\/\/|\/$|^[\w-]+(?:\.[\w-]+){2,}$/],
  ["an escape", /\\[nrtdwsb]/],
  ["a word of another alphabet", /\\u(?!00[0-7])[0-9a-f]{4}/i],
  ["a constant's name", /^_?[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+_?$/],
  ["cut short", /\.{3}/],
  ["a rate", /^\d+\/(?:\d*[smhd]|sec(?:ond)?|min(?:ute)?|hour|day)(?:[/,]|$)/],
  ["a tag of a field", /^(?:json|xml|yaml|bson|form|toml|db|gorm|mapstructure):["']/],
  ["a connection string", /^(?:host|server|data source|endpoint|accountname)=/i],
  ["an e-mail address", /^[\w.+-]+@[a-z][a-z-]*\.(?:com|org|net|edu)$/i],
  ["the name of a file", /\.(?:png|jpe?g|gif|svg|css|js|html)(?:\?[\w.]*)?$/],
  ["one character", /^(.)\1+$/],
  ["a point in time", /^\d{4}-\d\d-\d\d(?:[T ]|$)/],
  ["a length of time", /^\d+\.(?:second|minute|hour|day|week|month|year)s?$/],
  ["code around a gap", /^[`"'][\s)]*[+.]|[+.][\s(]*[`"']$|^['"]?\$[A-Z_]+['"]?$/],
  ["coordinates of a package", /^[a-z][\w-]*(?:\.[\w-]+)*:[a-z][\w.-]*(?::[\w.-]+)?$/i],
  ["names joined by signs", /^[A-Za-z_]+(?:[|:,/][A-Za-z_]+)+\.?$/],
  ["a name that code keeps to itself", /^__?[A-Za-z]+(?:_[A-Za-z]+)+_*$/],
  ["the number of an object", /^[012](?:\.\d+){3,}/],
  ["an attribute of a directory", /^(?:cn|ou|dc|uid)=/i],
  ["a word that ends a sentence", /^[A-Z][a-z]+[.:]$/],
  ["part of a scoped name", /^:|::/],
  ["binary", /[\x00-\x08\x0e-\x1f\x7f]/],
  ["a version", /^(?:[~^=v]|[<>]=?)?\d+(?:\.\d+){1,3}$/],
  ["signs only", /^[^A-Za-z0-9]+$/],
  ["the name of an algorithm", /(?:hmac|pbkdf2?|sha\d|aes[-_]?\d|rsa[-_]|argon2|bcrypt|ed25519|x509|pkcs)/i],
];

/** Why a value that somebody may have chosen is none, in words; undefined when it may be one. */
export function notChosen(value: string, name: string): string | undefined {
  if (isExpression(value)) return "an expression";
  if (COMMON.test(value)) return COMMON_WORD;
  const shape = SHAPES.find(([, pattern]) => pattern.test(value));
  if (shape) return shape[0];
  return sameAsName(value, name) ? OWN_NAME : undefined;
}

const COMMON_WORD = "a common word";
const OWN_NAME = "its own name";

/** Whether a value is what somebody wrote there, if only a word, and stands for nothing else. */
export function isWritten(value: string, name: string): boolean {
  const flaw = notChosen(value, name);
  return flaw === undefined || flaw === COMMON_WORD || flaw === OWN_NAME;
}

/** `password: "password"`, `com-x: "x:y"`, `com.x:x`, and values made of the name's words. */
function sameAsName(value: string, name: string): boolean {
  const letters = value.toLowerCase().replace(/[^a-z]/g, "");
  return (
    letters === name.toLowerCase().replace(/[^a-z]/g, "") ||
    name.toLowerCase().endsWith(`.${value.toLowerCase()}`) ||
    words(name).some((word) => word.length > 3 && letters === word)
  );
}

/** Letters that follow each other as in no word: a machine chose them. */
export const isUnreadable = (value: string): boolean =>
  /^[A-Za-z]{6,}$/.test(value) && wordLikeness(value) < Math.min(-5, -value.length / 4);

/** Whether a value is words that people read: `google-client-secret`, `passwordStrength`, `Losenord` in any language. */
export function isWords(value: string): boolean {
  if (/^[A-Za-z]+(?:[-_./][A-Za-z]+)+$/.test(value)) return wordiness(value) > 0.45;
  // Names of things: `airflow-cluster1-mysql-password`.
  if (/^[a-z]{2,}\d?(?:[-_][a-z]{2,}\d?){2,}$/.test(value) && wordiness(value) > 0.6) return true;
  // Words of a language with letters beyond ASCII, joined by signs, and texts that are mostly of such letters.
  if ((value.match(/[\xc3-\xf4][\x80-\xbf]/g)?.length ?? 0) > 2) return true;
  if (/[\xc3-\xf4][\x80-\xbf]/.test(value) && /^[A-Za-z\x80-\xff'_./-]+$/.test(value)) return true;
  if (!/^[A-Za-z\x80-\xff']+$/.test(value)) return false;
  if (isUnreadable(value)) return false;
  return (
    /pass|secret|token|key|auth|user|[\x80-\xff]/i.test(value) ||
    wordiness(value) > 0.55 ||
    /^[A-Z]?[a-z]+$/.test(value) ||
    /^[A-Z]+$/.test(value)
  );
}
