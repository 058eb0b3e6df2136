/** Makes a random text that a pattern may match: look-arounds and anchors are passed over, so ask the pattern afterwards. */
export type Sampler = (random: () => number) => string;

/** Compiles a regular expression into a maker of samples. Knows what rules use: classes, groups, alternation, bounded repeats. */
export function sampler(pattern: string): Sampler {
  const parser = new Parser(pattern);
  const make = parser.alternation();
  if (!parser.done) throw new Error(`cannot make samples of ${pattern}: stopped at ${parser.at}`);
  return make;
}

const ALL = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i));
const DIGITS = [..."0123456789"];
const WORDS = [..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_"];
const ESCAPES: Readonly<Record<string, readonly string[]>> = {
  d: DIGITS,
  w: WORDS,
  s: [" "],
  D: ALL.filter((c) => !DIGITS.includes(c)),
  W: ALL.filter((c) => !WORDS.includes(c)),
  S: ALL.slice(1),
  n: ["\n"],
  r: ["\r"],
  t: ["\t"],
};

class Parser {
  at = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  get done(): boolean {
    return this.at >= this.#text.length;
  }

  alternation(): Sampler {
    const choices = [this.#sequence()];
    while (this.#take("|")) choices.push(this.#sequence());
    return (random) => choices[Math.floor(random() * choices.length)]!(random);
  }

  #sequence(): Sampler {
    const parts: Sampler[] = [];
    while (!this.done && this.#peek() !== "|" && this.#peek() !== ")") parts.push(this.#repeated(this.#atom()));
    return (random) => parts.map((part) => part(random)).join("");
  }

  #atom(): Sampler {
    if (this.#take("(")) return this.#group();
    if (this.#take("[")) return one(this.#class());
    if (this.#take("^") || this.#take("$")) return () => "";
    if (this.#take(".")) return one(ALL);
    if (this.#take("\\")) return this.#take("b") || this.#take("B") ? () => "" : one(this.#escape());
    const c = this.#text[this.at++]!;
    return () => c;
  }

  #group(): Sampler {
    const around = /^\?(?:<?[=!])/.exec(this.#text.slice(this.at));
    const named = /^\?(?:<\w+>|:)/.exec(this.#text.slice(this.at));
    this.at += (around ?? named)?.[0].length ?? 0;
    const inner = this.alternation();
    if (!this.#take(")")) throw new Error("an open group");
    return around ? () => "" : inner;
  }

  #repeated(part: Sampler): Sampler {
    const found = /^(?:\{(\d+)(,)?(\d+)?\}|([?*+]))\??/.exec(this.#text.slice(this.at));
    if (!found) return part;
    this.at += found[0].length;
    const [, low, comma, high, sign] = found;
    const least = sign ? (sign === "+" ? 1 : 0) : Number(low);
    const most = sign === "?" ? 1 : sign ? least + 8 : comma ? (high ? Number(high) : least + 8) : least;
    return (random) => {
      const n = least + Math.floor(random() * (Math.min(most, least + 200) - least + 1));
      let text = "";
      for (let i = 0; i < n; i++) text += part(random);
      return text;
    };
  }

  #class(): readonly string[] {
    const negated = this.#take("^");
    const chars = new Set<string>();
    while (!this.#take("]")) {
      if (this.done) throw new Error("an open class");
      const from = this.#take("\\") ? this.#escape() : [this.#text[this.at++]!];
      if (from.length === 1 && this.#peek() === "-" && this.#text[this.at + 1] !== "]") {
        this.at++;
        const to = this.#take("\\") ? this.#escape()[0]! : this.#text[this.at++]!;
        for (let c = from[0]!.charCodeAt(0); c <= to.charCodeAt(0); c++) chars.add(String.fromCharCode(c));
      } else for (const c of from) chars.add(c);
    }
    return negated ? ALL.filter((c) => !chars.has(c)) : [...chars];
  }

  #escape(): readonly string[] {
    const c = this.#text[this.at++]!;
    const code = c === "x" ? /^[0-9a-fA-F]{2}/ : c === "u" ? /^[0-9a-fA-F]{4}/ : undefined;
    const digits = code?.exec(this.#text.slice(this.at))?.[0];
    if (digits) {
      this.at += digits.length;
      return [String.fromCharCode(Number.parseInt(digits, 16))];
    }
    return ESCAPES[c] ?? [c];
  }

  #peek(): string {
    return this.#text[this.at] ?? "";
  }

  #take(c: string): boolean {
    if (this.#text[this.at] !== c) return false;
    this.at++;
    return true;
  }
}

function one(chars: readonly string[]): Sampler {
  return (random) => chars[Math.floor(random() * chars.length)] ?? "";
}
