import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "yaml";
import type { WrittenRule } from "../../src/model/index.ts";
import { mint, seededRandom } from "../mint/mint.ts";
import { unbounded } from "./bounded.ts";

const ROUNDS = 50;

/** Checks one rule file by its schema and its own examples: each must match, no nearest miss may. */
export function checkFile(file: string, text: string, schema: unknown): { rules: number; faults: string[] } {
  const document: unknown = parse(text);
  const validate = new Ajv2020({ strict: false, allErrors: true }).compile(schema as object);
  if (!validate(document)) {
    return {
      rules: 0,
      faults: (validate.errors ?? []).map((e) => `${file}${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`),
    };
  }
  const rules = (document as { rules: WrittenRule[] }).rules;
  return { rules: rules.length, faults: rules.flatMap(checkRule) };
}

/** The faults of one rule, as sentences. */
export function checkRule(rule: WrittenRule): string[] {
  const faults: string[] = [];
  const random = seededRandom(7);
  let pattern: RegExp;
  try {
    pattern = new RegExp(rule.pattern, "dg");
  } catch (error) {
    return [`${rule.id}: the pattern does not compile: ${String(error)}`];
  }
  const say = (text: string) => faults.push(`${rule.id}: ${text}`);
  for (const why of unbounded(rule.pattern)) say(`its pattern may take more than linear time: ${why}`);
  for (const [i, example] of rule.examples.entries()) {
    for (let round = 0; round < ROUNDS; round++) {
      const minted = Buffer.from(mint(example, random)).toString("latin1");
      pattern.lastIndex = 0;
      const found = pattern.exec(minted);
      if (!found?.groups?.secret) {
        say(`example ${i + 1} does not match, such as ${JSON.stringify(minted.slice(0, 300))}`);
        break;
      }
      if (
        rule.keywords.every(
          (word) =>
            !minted
              .toLowerCase()
              .replace(/[_\-. ]/g, "")
              .includes(word.toLowerCase().replace(/[_\-. ]/g, "")),
        )
      ) {
        say(`example ${i + 1} holds none of the keywords`);
        break;
      }
    }
  }
  for (const [i, example] of rule.negative_examples.entries()) {
    for (let round = 0; round < ROUNDS; round++) {
      const minted = Buffer.from(mint(example, random)).toString("latin1");
      pattern.lastIndex = 0;
      const found = pattern.exec(minted);
      const words = minted.toLowerCase().replace(/[_\-. ]/g, "");
      const spoken = rule.keywords.some((word) => words.includes(word.toLowerCase().replace(/[_\-. ]/g, "")));
      if (found && spoken && rule.entropy === undefined && !rule.checksum && !rule.beside?.required) {
        say(`negative example ${i + 1} matches: ${JSON.stringify(found[0].slice(0, 100))}`);
        break;
      }
    }
  }
  return faults;
}
