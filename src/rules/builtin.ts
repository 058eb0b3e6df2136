import { RULES } from "../generated/rules.ts";
import { SCOPES } from "../generated/scopes.ts";
import type { Rule, ScopeDictionary } from "../model/index.ts";

/** The built-in rules by id, as compiled from rules/providers/, without their examples. Each is parsed when first asked for. */
export function builtinRules(): ReadonlyMap<string, Rule> {
  return new LazyRules(RULES);
}

/** The built-in scope and role dictionaries by id, as compiled from rules/scopes/. */
export function builtinDictionaries(): Map<string, ScopeDictionary> {
  return new Map((SCOPES as readonly ScopeDictionary[]).map((dictionary) => [dictionary.id, dictionary]));
}

/** A map that parses a value when it is asked for: a run needs few of the hundreds of rules. */
class LazyRules extends Map<string, Rule> {
  readonly #texts: ReadonlyMap<string, string>;

  constructor(texts: readonly (readonly [string, string])[]) {
    super();
    this.#texts = new Map(texts);
  }

  override get size(): number {
    return this.#texts.size;
  }

  override has(id: string): boolean {
    return this.#texts.has(id);
  }

  override get(id: string): Rule | undefined {
    const known = super.get(id);
    const text = known ? undefined : this.#texts.get(id);
    if (text === undefined) return known;
    const rule: Rule = { examples: [], negative_examples: [], ...JSON.parse(text) };
    super.set(id, rule);
    return rule;
  }

  override keys(): MapIterator<string> {
    return this.#texts.keys() as MapIterator<string>;
  }

  override *values(): MapIterator<Rule> {
    for (const id of this.#texts.keys()) yield this.get(id)!;
  }

  override *entries(): MapIterator<[string, Rule]> {
    for (const id of this.#texts.keys()) yield [id, this.get(id)!];
  }

  override [Symbol.iterator](): MapIterator<[string, Rule]> {
    return this.entries();
  }

  override forEach(visit: (rule: Rule, id: string, map: Map<string, Rule>) => void): void {
    for (const [id, rule] of this.entries()) visit(rule, id, this);
  }
}
