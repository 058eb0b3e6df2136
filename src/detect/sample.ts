/** Makes a random text that a pattern may match: look-arounds and anchors are passed over, so ask the pattern afterwards. */
export type Sampler = (random: () => number) => string;

/** A part of a pattern. */
interface Part {
  readonly sample: Sampler;
  /** Fewest token characters (src/kernel/README.md, "Run first") that its text begins with. */
  readonly least: number;
  /** Whether its text is token characters only. */
  readonly closed: boolean;
}

/** Compiles a regular expression into a maker of samples. Knows what rules use: classes, groups, alternation, bounded repeats. */
export function sampler(pattern: string): Sampler {
  return parsed(pattern).sample;
}

/** Fewest token characters in a row that every match of a pattern begins with. */
export function leastRun(pattern: string): number {
  return parsed(pattern).least;
}

function parsed(pattern: string): Part {
  const parser = new Parser(pattern);
  const part = parser.alternation();
  if (!parser.done) throw new Error(`cannot make samples of ${pattern}: stopped at ${parser.at}`);
  return part;
}

const TOKEN = /^[A-Za-z0-9_\-+/=.]$/;
const NOTHING: Part = { sample: () => "", least: 0, closed: true };

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

  alternation(): Part {
    const choices = [this.#sequence()];
    while (this.#take("|")) choices.push(this.#sequence());
    return {
      sample: (random) => choices[Math.floor(random() * choices.length)]!.sample(random),
      least: Math.min(...choices.map(({ least }) => least)),
      closed: choices.every(({ closed }) => closed),
    };
  }

  #sequence(): Part {
    const parts: Part[] = [];
    while (!this.done && this.#peek() !== "|" && this.#peek() !== ")") parts.push(this.#repeated(this.#atom()));
    const open = parts.findIndex(({ closed }) => !closed);
    const first = open < 0 ? parts : parts.slice(0, open + 1);
    return {
      sample: (random) => parts.map(({ sample }) => sample(random)).join(""),
      least: first.reduce((sum, { least }) => sum + least, 0),
      closed: open < 0,
    };
  }

  #atom(): Part {
    if (this.#take("(")) return this.#group();
    if (this.#take("["))
      return this.#peek() === "^" ? { ...one(this.#class()), closed: false, least: 0 } : one(this.#class());
    if (this.#take("^") || this.#take("$")) return NOTHING;
    if (this.#take(".")) return one(ALL);
    if (this.#take("\\")) return this.#take("b") || this.#take("B") ? NOTHING : one(this.#escape());
    return one([this.#text[this.at++]!]);
  }

  #group(): Part {
    const around = /^\?(?:<?[=!])/.exec(this.#text.slice(this.at));
    const named = /^\?(?:<\w+>|:)/.exec(this.#text.slice(this.at));
    this.at += (around ?? named)?.[0].length ?? 0;
    const inner = this.alternation();
    if (!this.#take(")")) throw new Error("an open group");
    return around ? NOTHING : inner;
  }

  #repeated(part: Part): Part {
    const found = /^(?:\{(\d+)(,)?(\d+)?\}|([?*+]))\??/.exec(this.#text.slice(this.at));
    if (!found) return part;
    this.at += found[0].length;
    const [, low, comma, high, sign] = found;
    const least = sign ? (sign === "+" ? 1 : 0) : Number(low);
    const most = sign === "?" ? 1 : sign ? least + 8 : comma ? (high ? Number(high) : least + 8) : least;
    const sample: Sampler = (random) => {
      const n = least + Math.floor(random() * (Math.min(most, least + 200) - least + 1));
      let text = "";
      for (let i = 0; i < n; i++) text += part.sample(random);
      return text;
    };
    return { sample, least: part.closed ? least * part.least : Math.min(least, 1) * part.least, closed: part.closed };
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

function one(chars: readonly string[]): Part {
  const closed = chars.every((c) => TOKEN.test(c));
  return { sample: (random) => chars[Math.floor(random() * chars.length)] ?? "", least: closed ? 1 : 0, closed };
}
