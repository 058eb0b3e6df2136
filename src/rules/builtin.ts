import type { Rule, ScopeDictionary } from "../model/index.ts";
import { builtData } from "./data.ts";
import { Lines } from "./lines.ts";

/** The built-in rules by id, as compiled from rules/providers/, without their examples. */
export function builtinRules(): ReadonlyMap<string, Rule> {
  return new Lines<Rule>(builtData("rules.txt"));
}

/** The built-in scope and role dictionaries by id, as compiled from rules/scopes/. */
export function builtinDictionaries(): ReadonlyMap<string, ScopeDictionary> {
  return new Lines<ScopeDictionary>(builtData("scopes.txt"));
}
