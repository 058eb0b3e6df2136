import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parseAllDocuments } from "yaml";
import { outlines } from "../../src/cli/outline.ts";

const COMMANDS = new Map((await outlines()).map((outline) => [outline.name, outline.flags.map(({ name }) => name)]));

/** Every list of words, and every line of a script, that stands in a value. */
function lists(value: unknown): string[][] {
  if (typeof value === "string") return value.split("\n").map((line) => line.split(/\s+/));
  if (Array.isArray(value)) return [value.map(String), ...value.flatMap(lists)];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(lists) : [];
}

for (const name of ["compose.yaml", "kubernetes-queue.yaml", "kubernetes-shards.yaml"])
  test(`${name} gives commands the flags that they have`, () => {
    const documents = parseAllDocuments(readFileSync(join("docs/scale", name), "utf8"));
    assert.deepEqual(
      documents.flatMap(({ errors }) => errors),
      [],
    );
    let seen = 0;
    for (const words of documents.flatMap((document) => lists(document.toJS()))) {
      const at = words.findIndex(
        (word, i) => COMMANDS.has(word) && (i === 0 || words[i - 1]!.endsWith("leakreach.js")),
      );
      if (at < 0) continue;
      seen++;
      for (const flag of words.slice(at).filter((word) => word.startsWith("--")))
        assert.ok(COMMANDS.get(words[at]!)!.includes(flag), `leakreach ${words[at]} has no ${flag}`);
    }
    assert.ok(seen >= 2, `${seen} commands`);
  });
