/**
 * A file that the build made of rules/. They stand beside the code and are not part of it: a script engine would read all
 * of them at every start.
 */
export declare function builtData(name: "matchers.txt" | "compiled.txt" | "rules.txt" | "scopes.txt" | "tables.bin"): Buffer;
