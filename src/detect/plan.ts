import { Kernel } from "../kernel/kernel.ts";
import { type Check, folded, type Literal, type Prefix } from "../kernel/layout.ts";
import { builtinPattern, type Pattern } from "./confirm.ts";
import type { Matcher } from "./matcher.ts";

/** The kernel with its tables filled from a rule set, and the way back from a candidate's id to the matchers it speaks for. */
export interface Plan {
  readonly kernel: Kernel;
  /** By prefix id. */
  readonly prefixed: readonly (readonly Matcher[])[];
  /** By literal id. */
  readonly literal: readonly (readonly Matcher[])[];
  /** Matchers whose value is a run that a keyword speaks for. */
  readonly runs: readonly RunMatcher[];
  /** Finds any keyword of `runs` in the text before a run, once that is folded by `folded`. */
  readonly anyKeyword: () => RegExp;
  /** Matchers that look at the name a run is assigned to. */
  readonly generic: readonly Matcher[];
  pattern(matcher: Matcher): Pattern;
}

export interface RunMatcher {
  readonly matcher: Matcher;
  readonly keywords: () => RegExp;
}

/** Compiles patterns of users and of other tools; given by the caller, because the engine is loaded only when needed. */
export type ForeignEngine = (source: string) => Pattern;

/** How a keyword that starts with a capital-insensitive word is looked for: `passw` needs an assignment behind it. */
const CHECKED: Readonly<Record<string, Check>> = { password: "assigned", url: "userinfo" };

/** Fills a kernel for a rule set. */
export function plan(matchers: readonly Matcher[], foreign?: ForeignEngine): Plan {
  const prefixed = index(matchers.filter((m) => m.way === "prefix"));
  const literal = index(matchers.filter((m) => m.way === "literal"));
  const prefixes: Prefix[] = prefixed.texts.map((text, id) => ({ text, id }));
  const literals: Literal[] = literal.texts.map((text, id) => toLiteral(text, id, literal.lists[id]!));
  const runs = matchers.filter((m) => m.way === "run" && !isGeneric(m));
  const patterns = new Map<Matcher, Pattern>();
  return {
    kernel: new Kernel(
      prefixes,
      literals,
      matchers.filter((m) => m.way === "run").flatMap((m) => m.keywords),
    ),
    prefixed: prefixed.lists,
    literal: literal.lists,
    runs: runs.map((matcher) => ({ matcher, keywords: once(() => keywordRegExp(matcher.keywords)) })),
    anyKeyword: once(() => foldedRegExp(runs.flatMap((m) => m.keywords))),
    generic: matchers.filter((m) => m.way === "run" && isGeneric(m)),
    pattern: (matcher) => {
      let compiled = patterns.get(matcher);
      if (!compiled) {
        compiled = matcher.engine === "re2" && foreign ? foreign(matcher.pattern) : builtinPattern(matcher.pattern);
        patterns.set(matcher, compiled);
      }
      return compiled;
    },
  };
}

const isGeneric = (matcher: Matcher): boolean => matcher.detector === "generic";

function index(matchers: readonly Matcher[]): { texts: string[]; lists: Matcher[][] } {
  const byText = new Map<string, Matcher[]>();
  for (const matcher of matchers) {
    for (const keyword of matcher.keywords) byText.set(keyword, [...(byText.get(keyword) ?? []), matcher]);
  }
  return { texts: [...byText.keys()], lists: [...byText.values()] };
}

function toLiteral(text: string, id: number, matchers: readonly Matcher[]): Literal {
  const fold = matchers.some((m) => m.detector !== undefined || m.engine === "re2");
  const check = matchers.map((m) => CHECKED[m.detector ?? ""] ?? "none").reduce((a, b) => (a === b ? a : "none"));
  return { text: fold ? text.toLowerCase() : text, id, fold, check };
}

/** Compiled when first needed: most files need none, and hundreds of expressions would cost a start 10 ms. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** Plain words only, so that the engine tries them as one tree. */
function foldedRegExp(keywords: readonly string[]): RegExp {
  if (keywords.length === 0) return /(?!)/;
  const words = [...new Set(keywords.map(folded))].sort();
  return new RegExp(words.map((word) => word.replace(/[*+?^${}()|[\]\\]/g, "\\$&")).join("|"));
}

/** Any of the keywords, without case; `_` in a keyword stands for `_`, `-`, `.`, a blank or nothing. */
function keywordRegExp(keywords: readonly string[]): RegExp {
  if (keywords.length === 0) return /(?!)/;
  const words = [...new Set(keywords)].map((word) =>
    word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll("_", "[_\\-. ]?"),
  );
  return new RegExp(`(?:${words.join("|")})`, "i");
}
