import type { Source } from "./unit.ts";

/** Standard input as one text, or as a CI log; `path` is the name it has in reports. */
export function stdinSource(path: string, log?: true): Source {
  return {
    name: path,
    async *units() {
      yield { type: "unit", unit: { kind: "stream", path, source: "stdin", ...(log && { log }) } };
    },
  };
}
