import type { Spot } from "../kernel/buckets.ts";
import { Kernel } from "../kernel/kernel.ts";
import { type Check, folded, KIND_LITERAL, type Literal } from "../kernel/layout.ts";
import { type Segment, tablesOf } from "../kernel/tables.ts";
import { ALLOW_WORD } from "./allow.ts";
import type { Companion } from "./beside.ts";
import { builtinPattern, type Pattern } from "./confirm.ts";
import type { Matcher } from "./matcher.ts";
import { wordFinder } from "./words.ts";

/** The kernel with its tables filled from a rule set, and the way back from a candidate's id to the matchers it speaks for. */
export interface Plan {
  readonly kernel: Kernel;
  /** Matchers of a prefix, by its id. */
  readonly prefixed: (id: number) => readonly Matcher[];
  /** Matchers of a literal, by its id. */
  readonly literal: (id: number) => readonly Matcher[];
  /** Matchers whose value is a run, and one of whose keywords stands in the folded text before it; in the rule set's order. */
  readonly spokenIn: (folded: string) => readonly RunMatcher[];
  /** Matchers that look at the name a run is assigned to. */
  readonly generic: () => readonly Matcher[];
  /** The kind of the kernel's candidates that are the word of our allow comments. */
  readonly allowComment: number;
  pattern(matcher: Matcher): Pattern;
  /** Finds what a match needs beside it; undefined for matchers that need nothing. */
  beside(matcher: Matcher): Companion | undefined;
}

export interface RunMatcher {
  readonly matcher: Matcher;
  /** Whether one of its keywords stands in a text, as a word or the beginning of one. */
  readonly spokenIn: (text: string) => boolean;
}

/** What a rule set comes down to before it is used: plain data that the build makes of the built-in rules. Numbers are places in the set. */
export interface CompiledRules {
  readonly prefixed: readonly (readonly number[])[];
  readonly literal: readonly (readonly number[])[];
  /** Runs that a keyword speaks for: for each folded keyword its matchers. */
  readonly words: Readonly<Record<string, readonly number[]>>;
  readonly generic: readonly number[];
  readonly tables: readonly Segment[];
}

/** Compiles patterns of users and of other tools; given by the caller, because the engine is loaded only when needed. */
export type ForeignEngine = (source: string) => Pattern;

/** How a keyword that starts with a capital-insensitive word is looked for: `passw` needs an assignment behind it. */
const CHECKED: Readonly<Record<string, Check>> = { password: "assigned", url: "userinfo" };

/** Works out how the kernel finds each rule of a set, and fills its tables; `choose` says by which three bytes it finds each literal. */
export function compileRules(
  matchers: readonly Matcher[],
  choose?: (literals: readonly Literal[]) => readonly Spot[],
): CompiledRules {
  const numbered = matchers.map((matcher, at) => ({ matcher, at }));
  const placesOf = (wanted: (matcher: Matcher) => boolean) =>
    numbered.filter(({ matcher }) => wanted(matcher)).map(({ at }) => at);
  const prefixed = byKeyword(
    matchers,
    placesOf(({ way }) => way === "prefix"),
  );
  const foldedWords = new Set(matchers.filter(isFolded).flatMap(({ keywords }) => keywords));
  // `SERVER=` and `server=` are one literal where either case will do.
  const literal = byKeyword(
    matchers,
    placesOf(({ way }) => way === "literal"),
    (keyword) => (foldedWords.has(keyword) ? keyword.toLowerCase() : keyword),
  );
  const spoken = matchers.filter(({ way }) => way === "run");
  const matchersAt = (places: readonly number[]) => places.map((at) => matchers[at]!);
  const literals: Literal[] = [
    ...[...literal].map(([text, places], id) => toLiteral(text, id, matchersAt(places))),
    { text: ALLOW_WORD, id: literal.size, fold: false, check: "none" },
  ];
  return {
    prefixed: [...prefixed.values()],
    literal: [...literal.values()],
    words: Object.fromEntries(
      byKeyword(
        matchers,
        placesOf(({ way, detector }) => way === "run" && detector !== GENERIC),
        folded,
      ),
    ),
    generic: placesOf(({ way, detector }) => way === "run" && detector === GENERIC),
    tables: tablesOf(
      [...prefixed].map(([text, places], id) => ({
        text,
        id,
        least: Math.min(...matchersAt(places).map(({ least }) => least ?? 0)),
      })),
      literals,
      spoken.flatMap(({ keywords }) => keywords),
      choose,
    ),
  };
}

/** A plan that makes of a compiled set only what the text asks for: most texts ask for little. `matcherAt` gives undefined for a rule that is off. */
export function openPlan(
  rules: CompiledRules,
  matcherAt: (place: number) => Matcher | undefined,
  foreign?: ForeignEngine,
): Plan {
  const at = (places: readonly number[]) => places.map(matcherAt).filter((matcher) => matcher !== undefined);
  const pattern = remembered((matcher: Matcher) =>
    matcher.engine === "re2" && foreign ? foreign(matcher.pattern) : builtinPattern(matcher.pattern),
  );
  const words = once(() => wordFinder(rules.words));
  const runAt = remembered((place: number): RunMatcher | undefined => {
    const matcher = matcherAt(place);
    return matcher && { matcher, spokenIn: keywordFinder(matcher.keywords) };
  });
  return {
    kernel: new Kernel(rules.tables),
    prefixed: remembered((id: number) => at(rules.prefixed[id]!)),
    literal: remembered((id: number) => at(rules.literal[id] ?? [])),
    allowComment: KIND_LITERAL | rules.literal.length,
    spokenIn: (folded) =>
      words()(folded)
        .map(runAt)
        .filter((run) => run !== undefined),
    generic: once(() => at(rules.generic)),
    pattern,
    beside: remembered((matcher: Matcher) => matcher.beside && companion(matcher.beside.pattern)),
  };
}

function companion(source: string): Companion {
  const groups = [...source.matchAll(/\(\?<(\w+)>/g)].map((found) => found[1]!);
  return { pattern: builtinPattern(source, "i"), groups };
}

const GENERIC = "generic";

/** The places of the matchers that a keyword speaks for. */
function byKeyword(matchers: readonly Matcher[], places: readonly number[], spelt = asIs): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const at of places) {
    for (const keyword of new Set(matchers[at]!.keywords.map(spelt)))
      found.set(keyword, [...(found.get(keyword) ?? []), at]);
  }
  return found;
}

const asIs = (keyword: string): string => keyword;

/** Whether a matcher's keywords are found in either case. */
const isFolded = ({ detector, engine }: Matcher): boolean => detector !== undefined || engine === "re2";

function toLiteral(text: string, id: number, matchers: readonly Matcher[]): Literal {
  const checks = matchers.map((m) => CHECKED[m.detector ?? ""] ?? "none");
  // `pw=` assigns by itself.
  const check =
    /[=:]$/.test(text) && !checks.includes("userinfo") ? "none" : checks.reduce((a, b) => (a === b ? a : "none"));
  return { text, id, fold: matchers.some(isFolded), check };
}

/** Compiled when first needed: most files need none, and hundreds of expressions would cost a start 10 ms. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** The same for one value a key. */
function remembered<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>();
  return (key) => {
    let value = made.get(key);
    if (value === undefined) {
      value = make(key);
      made.set(key, value);
    }
    return value;
  };
}

/** Any of the keywords, without case; `_` in a keyword stands for `_`, `-`, `.`, a blank or nothing. */
function keywordRegExp(keywords: readonly string[]): RegExp {
  if (keywords.length === 0) return /(?!)/g;
  const words = [...new Set(keywords)].map((word) =>
    word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll("_", "[_\\-. ]?"),
  );
  return new RegExp(`(?:${words.join("|")})`, "gi");
}

/** Keywords shorter than this stand in other words by chance: `rookTable` holds okta. */
const SHORT = 6;

function keywordFinder(keywords: readonly string[]): (text: string) => boolean {
  const pattern = once(() => keywordRegExp(keywords));
  return (text) => {
    pattern().lastIndex = 0;
    for (let found = pattern().exec(text); found; found = pattern().exec(text)) {
      if (found[0].length >= SHORT || beginsWord(text, found.index)) return true;
      pattern().lastIndex = found.index + 1;
    }
    return false;
  };
}

/** An escape such as `\n` or `%0a`, or a colour of a terminal, whose last letter belongs to no word. */
const ESCAPE = /(?:\\[a-z]|%[0-9A-Fa-f]{2}|\[[\d;]{0,6}[mK])$/;

/** Whether a word begins at a place: behind no letter, or where the case changes in `camelCase` and `XMLParser`. */
export function beginsWord(text: string, at: number): boolean {
  const before = text[at - 1] ?? "";
  if (!/[A-Za-z]/.test(before) || ESCAPE.test(text.slice(Math.max(0, at - 10), at))) return true;
  if (!/[A-Z]/.test(text[at] ?? "")) return false;
  return /[a-z]/.test(before) || /[a-z]/.test(text[at + 1] ?? "");
}
