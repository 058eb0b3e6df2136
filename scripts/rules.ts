import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "yaml";
import type { Matcher } from "../src/detect/matcher.ts";
import { compileRules } from "../src/detect/plan.ts";
import { leastRun } from "../src/detect/sample.ts";
import { proveWay } from "../src/detect/ways.ts";
import { spotsOf } from "../src/kernel/buckets.ts";
import type { ScopeDictionary, WrittenRule } from "../src/model/index.ts";
import { mint, seededRandom } from "../test/mint/mint.ts";
import { byTrigrams } from "./trigrams.ts";

// Compiles rules/ into src/generated/: called by scripts/build.mjs. Everything is sorted, so that the same rules give the same bytes.

const SAMPLES = Number(process.argv[2] ?? 300);

interface RuleFile {
  readonly provider: string;
  readonly rules: readonly Omit<WrittenRule, "provider">[];
}

function files(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".yml"))
    .sort()
    .map((name) => `${folder}/${name}`);
}

function readRules(): WrittenRule[] {
  const validate = new Ajv2020({ strict: false, allErrors: true }).compile(
    JSON.parse(readFileSync("rules/rule.schema.json", "utf8")),
  );
  return files("rules/providers").flatMap((file) => {
    const document = parse(readFileSync(file, "utf8")) as RuleFile;
    if (!validate(document)) throw new Error(`${file}: ${JSON.stringify(validate.errors, null, 1)}`);
    return document.rules.map((rule) => ({ ...rule, provider: document.provider }));
  });
}

/** Rules read by a detector of their own find their text themselves; the kernel finds only their keywords. */
function toMatcher(rule: WrittenRule): Matcher {
  const { id, keywords, pattern, window, until, entropy, checksum, detector, beside } = rule;
  const found = detector
    ? {
        way: rule.way ?? "literal",
        anchor: detector === "url" || detector === "login" ? ("inside" as const) : ("start" as const),
      }
    : prove(rule);
  return {
    id,
    way: found.way,
    anchor: found.anchor,
    keywords,
    pattern,
    ...(found.way === "prefix" && !detector ? { least: Math.min(255, leastRun(pattern)) } : {}),
    ...(window ? { window } : {}),
    ...(until ? { until } : {}),
    ...(entropy === undefined ? {} : { entropy }),
    ...(checksum ? { checksum } : {}),
    ...(detector ? { detector } : {}),
    ...(beside ? { beside: { pattern: beside.pattern, ...(beside.required ? { required: true } : {}) } } : {}),
  };
}

function prove(rule: WrittenRule): ReturnType<typeof proveWay> {
  const random = seededRandom(1);
  let n = 0;
  const example = () => Buffer.from(mint(rule.examples[n++ % rule.examples.length]!, random)).toString("latin1");
  return proveWay(rule, SAMPLES, random, example);
}

function unique(rules: readonly WrittenRule[]): readonly WrittenRule[] {
  const seen = new Set<string>();
  for (const rule of rules) {
    if (seen.has(rule.id)) throw new Error(`two rules are called ${rule.id}`);
    seen.add(rule.id);
  }
  return rules;
}

/** A string that JSON.parse reads: engines parse it faster than the same object literal. */
function emit(name: string, constant: string, type: string, value: unknown): void {
  const text = JSON.stringify(JSON.stringify(value));
  writeFileSync(`src/generated/${name}.ts`, `export const ${constant} = JSON.parse(\n  ${text},\n) as ${type};\n`);
}

const DATA = "src/generated/data";

/** One line a value, with its id in front: a run parses only the values that it needs. */
function emitLines(name: string, values: readonly { readonly id: string }[]): void {
  writeFileSync(`${DATA}/${name}.txt`, values.map((value) => `\n${value.id} ${ascii(JSON.stringify(value))}`).join(""));
}

/** JSON in ASCII, which is read without being decoded. */
function ascii(json: string): string {
  return json.replace(/[^\0-\x7f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

mkdirSync(DATA, { recursive: true });
const rules = unique(readRules())
  .slice()
  .sort((a, b) => (a.id < b.id ? -1 : 1));
const faults: string[] = [];
const matchers: Matcher[] = [];
for (const rule of rules) {
  try {
    matchers.push(toMatcher(rule));
  } catch (error) {
    faults.push(error instanceof Error ? error.message : String(error));
  }
}
if (faults.length) throw new Error(faults.join("\n"));
emitLines("matchers", matchers);
const chance = byTrigrams();
const { tables, ...compiled } = compileRules(matchers, (literals) => spotsOf(literals, chance));
const places = tables.map(({ at, bytes }) => ({ at, length: bytes.length }));
writeFileSync(
  `${DATA}/compiled.txt`,
  ascii(JSON.stringify({ ids: matchers.map(({ id }) => id), ...compiled, tables: places })),
);
writeFileSync(`${DATA}/tables.bin`, Buffer.concat(tables.map(({ bytes }) => bytes)));
// Examples are for tests.
emitLines(
  "rules",
  rules.map(({ examples, negative_examples, ...rule }) => rule),
);
emitLines(
  "scopes",
  files("rules/scopes").map((file) => parse(readFileSync(file, "utf8")) as ScopeDictionary),
);
const samples = parse(readFileSync("rules/samples.yml", "utf8")) as {
  samples: { sha256: string; what: string }[];
  values: string[];
};
emit("samples", "SAMPLES", "{ hashes: [string, string][]; values: string[] }", {
  hashes: samples.samples.map(({ sha256, what }) => [sha256, what]),
  values: samples.values.map((value) => String(value).toLowerCase()),
});
const ways = (way: string) => matchers.filter((matcher) => matcher.way === way).length;
console.log(
  `${rules.length} rules: ${ways("prefix")} by prefix, ${ways("run")} by keyword and run, ${ways("literal")} by literal`,
);
