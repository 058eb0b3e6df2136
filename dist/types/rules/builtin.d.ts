import type { Rule, ScopeDictionary } from "../model/index.ts";
/** The built-in rules by id, as compiled from rules/providers/, without their examples. */
export declare function builtinRules(): ReadonlyMap<string, Rule>;
/** The built-in scope and role dictionaries by id, as compiled from rules/scopes/. */
export declare function builtinDictionaries(): ReadonlyMap<string, ScopeDictionary>;
