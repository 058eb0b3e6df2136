/** Why a value is a placeholder, in words; undefined when it is not. Looks inside the token only, never near it. */
export function placeholder(value: string): string | undefined {
  const body = value.replace(/[^A-Za-z0-9]/g, "");
  const lower = body.toLowerCase();
  if (TEMPLATE.test(value)) return "a template variable, not a secret";
  if (new Set(lower).size <= 4 && body.length >= 8) return "placeholder: it repeats at most four characters";
  if (new Set(lower).size === 1 && body.length >= 4) return "placeholder: one character repeated";
  const word = WORDS.exec(value)?.[0];
  if (word) return `placeholder: it says "${word.toLowerCase()}"`;
  if (repeats(lower)) return "placeholder: one pattern repeated";
  if (sequential(lower) || interleaved(lower)) return "placeholder: a sequence of the keyboard or alphabet";
  return undefined;
}

const TEMPLATE =
  /^(?:\$\{.*\}|\{\{.*\}\}|<[^>]*>|%[A-Za-z_]\w*%|\$\(.*\)|\$[A-Za-z_]\w*|\{[A-Za-z_][\w.]*\}|#\{.*\}|@[A-Za-z_.]+@|__[A-Z_]+__|\[[A-Za-z_ ]+\])$/;
/** Words that stand for themselves, beginnings of what to put there, and words that count wherever they stand. */
const WORDS = new RegExp(
  [
    /(?<![a-z])(?:FAKE|SAMPLE|CHANGE_?-?ME|CHANGEIT|REPLACE|MOCK|xxxx+|\*\*\*|\.\.\.|TODO|FIXME|FOOBAR|LOREM|DEADBEEF|C0FFEE|CAFEBABE|UNDEFINED|ABCDEFGH)(?![a-z]{3})/,
    /(?<![a-z])(?:YOUR[_-]|INSERT[_-]|ENTER[_-]|PUT[_-]|ADD[_-]YOUR|SOME[_-]|MY[_-](?:API|SECRET|TOKEN|PASSWORD|KEY)|NOT_?-?(?:A_?-?)?REAL)/,
    /example|placeholder|redacted|changeme|yourtoken|yourapi|yoursecret|yourkey|your[_-]?(?:api|secret|token|key|password)|dummy|deadbeefdeadbeef/,
  ]
    .map((pattern) => pattern.source)
    .join("|"),
  "i",
);
const SEQUENCES = [
  "0123456789",
  "1234567890",
  "abcdefghijklmnopqrstuvwxyz",
  "zyxwvutsrqponmlkjihgfedcba",
  "9876543210",
  "qwertyuiopasdfghjklzxcvbnm",
  "0123456789abcdef",
  "fedcba9876543210",
];

/** A unit of one to eight characters, three times or more, makes up the text. */
function repeats(text: string): boolean {
  return (
    text.length >= 9 &&
    /^(.{1,8}?)\1{2,}.{0,7}$/.test(text) &&
    /^(.{1,8}?)\1{2,}/.exec(text)![0].length >= text.length * 0.8
  );
}

const sequential = (text: string): boolean => SEQUENCES.some((run) => covered(text, run));

/** `A1B2C3D4E5F6G7H8`: letters and digits are a sequence each. */
function interleaved(text: string): boolean {
  const letters = text.replace(/\d/g, "");
  const digits = text.replace(/\D/g, "");
  return letters.length >= 6 && digits.length >= 6 && sequential(letters) && sequential(digits);
}

/** At least 60 % of the text is pieces of six or more characters of a sequence. */
function covered(text: string, sequence: string): boolean {
  const twice = sequence + sequence;
  let inside = 0;
  for (let i = 0; i + 6 <= text.length; ) {
    let n = 6;
    if (!twice.includes(text.slice(i, i + n))) {
      i++;
      continue;
    }
    while (i + n < text.length && twice.includes(text.slice(i, i + n + 1))) n++;
    inside += n;
    i += n;
  }
  return inside >= text.length * 0.6;
}
