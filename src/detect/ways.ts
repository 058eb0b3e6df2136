import { Kernel } from "../kernel/kernel.ts";
import { KIND_LITERAL, KIND_MASK, KIND_PREFIX, KIND_RUN } from "../kernel/layout.ts";
import { tablesOf } from "../kernel/tables.ts";
import type { Rule, Way } from "../model/index.ts";
import type { Matcher } from "./matcher.ts";
import { sampler } from "./sample.ts";

/** How a rule is found, and how surely: the share of minted samples that the kernel would let through to its pattern. */
export interface Proof {
  readonly way: Way;
  readonly anchor: Matcher["anchor"];
  readonly found: number;
  readonly samples: number;
}

/** Least share for each way. A prefix or literal always stands there; a random value may by chance have no digit. */
const NEEDED: Readonly<Record<Way, number>> = { prefix: 1, literal: 1, run: 0.95 };

/**
 * Decides by samples how the kernel finds a rule. Throws when no way finds it, with what to change.
 * `example` mints an example of the rule, for patterns whose look-aheads no sampler can satisfy.
 */
export function proveWay(rule: Rule, count: number, random: () => number, example?: () => string): Proof {
  const samples = mintSamples(rule, count, random, example);
  const ways: readonly Way[] = rule.way ? [rule.way] : ["prefix", "literal", "run"];
  const tried: string[] = [];
  for (const way of ways) {
    const proof = prove(rule, way, samples);
    if (proof && proof.found >= NEEDED[way] * proof.samples) return proof;
    tried.push(`${way}: ${proof ? `${proof.found} of ${proof.samples}` : "no keyword of three characters"}`);
  }
  throw new Error(
    `rule ${rule.id}: the kernel would not find it (${tried.join("; ")}). Give a keyword that every match starts with or holds in exactly that case, or, for way run, a pattern whose value mixes digits and letters in 16 characters or more`,
  );
}

/** Texts that the rule's pattern matches, made from the pattern itself. */
export function mintSamples(
  rule: Rule,
  count: number,
  random: () => number,
  example?: () => string,
): { text: string; start: number; end: number }[] {
  const pattern = new RegExp(rule.pattern, "d");
  const make = sampler(rule.pattern);
  const samples: { text: string; start: number; end: number }[] = [];
  for (let tries = 0; samples.length < count && tries < count * 20; tries++) {
    const text = example && samples.length * 4 < tries ? example() : ` ${make(random)} `;
    const found = pattern.exec(text);
    if (found) samples.push({ text, start: found.index, end: found.index + found[0].length });
  }
  if (samples.length < count) throw new Error(`rule ${rule.id}: no samples could be made of its pattern`);
  return samples;
}

function prove(
  rule: Rule,
  way: Way,
  samples: readonly { text: string; start: number; end: number }[],
): Proof | undefined {
  const keywords = rule.keywords.filter((word) => word.length >= 3);
  if (keywords.length === 0) return undefined;
  const entries = keywords.map((text, id) => ({ text, id }));
  const kernel = new Kernel(
    tablesOf(
      way === "prefix" ? entries : [],
      way === "literal" ? entries.map((e) => ({ ...e, fold: false, check: "none" as const })) : [],
      way === "run" ? keywords : [],
    ),
  );
  const kind = way === "prefix" ? KIND_PREFIX : way === "literal" ? KIND_LITERAL : KIND_RUN;
  let found = 0;
  let atStart = 0;
  // A run needs its keyword in front of it, and a sign between.
  const lead = way === "run" ? `${keywords[0]} =` : "";
  for (const sample of samples) {
    const list = kernel.candidates(kernel.block, kernel.block.bytes.write(lead + sample.text, "latin1"));
    const from = lead.length + sample.start;
    const to = lead.length + sample.end;
    const starts = candidatesOf(list, kind).filter(([start, end]) => start < to && end > from);
    if (starts.length) found++;
    if (starts.some(([start]) => start === from)) atStart++;
  }
  if (way === "prefix" && atStart === samples.length) return { way, anchor: "start", found, samples: samples.length };
  return { way, anchor: way === "run" ? "start" : "inside", found, samples: samples.length };
}

function candidatesOf(list: Uint32Array, kind: number): [number, number][] {
  const found: [number, number][] = [];
  for (let i = 0; i < list.length; i += 3)
    if ((list[i + 2]! & KIND_MASK) === kind) found.push([list[i]!, list[i + 1]!]);
  return found;
}
