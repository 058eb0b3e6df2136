import { RULES } from "../generated/rules.ts";
import { SCOPES } from "../generated/scopes.ts";
import type { Rule, ScopeDictionary } from "../model/index.ts";

/** The built-in rules by id, as compiled from rules/providers/. */
export function builtinRules(): Map<string, Rule> {
  return new Map((RULES as readonly Rule[]).map((rule) => [rule.id, rule]));
}

/** The built-in scope and role dictionaries by id, as compiled from rules/scopes/. */
export function builtinDictionaries(): Map<string, ScopeDictionary> {
  return new Map((SCOPES as readonly ScopeDictionary[]).map((dictionary) => [dictionary.id, dictionary]));
}
