import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { parse } from "yaml";
import type { WrittenRule } from "../../src/model/index.ts";
import { BUILTIN_IDS, builtinMatcher } from "../../src/scan/builtin.ts";
import { findIn } from "../detect/find.ts";
import { mint, seededRandom } from "../mint/mint.ts";

type Context = readonly [name: string, write: (token: string, key: string) => string];

/** Where people leave a token. `key` is a word of the rule, for values that only a keyword speaks for. */
const CONTEXTS: readonly Context[] = [
  ["in double quotes", (t, k) => `${k} = "${t}"\n`],
  ["in single quotes", (t, k) => `${k}: '${t}',\n`],
  ["at the end of a line", (t, k) => `${k}=${t}\nnext line\n`],
  ["at the end of the file", (t, k) => `${k}=${t}`],
  ["in YAML", (t, k) => `a: b\n${k}: ${t}\n`],
  ["in a shell", (t, k) => `export ${k}=${t}; run me\n`],
  ["in backticks", (t, k) => `Set ${k} to \`${t}\`.\n`],
  ["in brackets", (t, k) => `call(${k}=${t})\n`],
  ["in an added line of a diff", (t, k) => `@@ -1 +1,2 @@\n a\n+${k}=${t}\n b\n`],
  ["before a full stop", (t, k) => `It was ${k}: ${t}.\nNext.\n`],
  ["before a comma", (t, k) => `${k}=${t}, more\n`],
  ["before a semicolon", (t, k) => `${k}=${t}; more\n`],
  ["in an element of XML", (t, k) => `<${k}>${t}</${k}>\n`],
  ["in JSON", (t, k) => `{"${k}":"${t}","a":1}\n`],
  ["in JSON held in a string", (t, k) => `{"log":"{\\"${k}\\":\\"${t}\\"}"}\n`],
  ["before an escaped line break", (t, k) => `{"log":"${k}=${t}\\nnext line"}\n`],
  ["behind an escaped line break", (t, k) => `{"log":"first line\\n${k}=${t}"}\n`],
  ["in the query of a URL", (t, k) => `GET https://api.acme.dev/v1?${k}=${t}&page=2 HTTP/1.1\n`],
];
const BARE: readonly Context[] = [
  ["as the user of a URL", (t) => `git clone https://${t}@git.acme.dev/a/b.git\n`],
  ["alone in an added line of a diff", (t) => `@@ -1 +1,2 @@\n a\n+${t}\n b\n`],
  ["alone in a removed line of a diff", (t) => `@@ -1,2 +1 @@\n a\n-${t}\n b\n`],
  ["alone in its file", (t) => t],
];

const ANYWHERE = CONTEXTS.map(([name]) => name);

/** Rules that are not found whole in some contexts, and why. */
const EXCEPT: Readonly<Record<string, readonly string[]>> = {
  // A query that follows a signed URL is a part of it.
  "aws-presigned-url": ["in the query of a URL"],
  "azure-logicapp-url": ["in the query of a URL"],
  "azure-sas": ["in the query of a URL"],
  "gcs-signed-url": ["in the query of a URL"],
  // The secret may itself end in such a sign.
  "adyen-api-key": ["in brackets", "before a full stop", "in the query of a URL", "as the user of a URL"],
  "connection-string-password": [
    "in brackets",
    "before a full stop",
    "before a comma",
    "in the query of a URL",
    "as the user of a URL",
  ],
  "pgpass-password": [
    "in a shell",
    "in backticks",
    "in brackets",
    "before a full stop",
    "before a comma",
    "before a semicolon",
    "in the query of a URL",
  ],
  // The value has no shape of its own: more than a keyword must stand near it.
  "akamai-client-secret": ANYWHERE,
  "facebook-app-token": ANYWHERE,
  "ovh-application-secret": ANYWHERE,
  "ovh-consumer-key": ANYWHERE,
};

const SEED = 4711;
const files = readdirSync("rules/providers").filter((name) => name.endsWith(".yml"));
const rules = files.flatMap(
  (name) => (parse(readFileSync(`rules/providers/${name}`, "utf8")) as { rules: WrittenRule[] }).rules,
);
const runs = new Set<string>(BUILTIN_IDS.filter((_, place) => builtinMatcher(place).way === "run"));
const ROUNDS = 4;
/** A value that only a keyword speaks for may by chance have no digit, or little entropy. */
const MAY_MISS = 2;

for (const rule of rules.filter(({ detector, beside }) => !detector && !beside?.required)) {
  const run = runs.has(rule.id);
  test(`${rule.id} is found whole wherever people leave it`, () => {
    const random = seededRandom(SEED);
    for (const [name, write] of run ? CONTEXTS : [...CONTEXTS, ...BARE]) {
      const misses: string[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const planted = plant(rule, run, mint(rule.examples[round % rule.examples.length]!, random));
        if (!planted || (name === "as the user of a URL" && /[/?#:@%]/.test(planted.token))) continue;
        const hits = findIn(write(planted.token, run ? rule.keywords[0]! : "KEY"));
        if (hits.some((hit) => hit.rule === rule.id && hit.secret === planted.secret)) continue;
        misses.push(hits.map((hit) => `${hit.rule}, ${hit.secret.length} characters`).join(", ") || "nothing");
      }
      const whole = misses.length <= (run || rule.entropy !== undefined ? MAY_MISS : 0);
      assert.equal(whole, !EXCEPT[rule.id]?.includes(name), `${name}: it gave ${misses.join(" / ") || "each"}`);
    }
  });
}

/** A minted token of a rule with what its pattern needs around it; one with quotes or blanks brings its own context. */
function plant(rule: WrittenRule, run: boolean, text: string): { token: string; secret: string } | undefined {
  const found = new RegExp(rule.pattern).exec(text);
  const secret = found?.groups?.secret;
  const token = run ? secret : found?.[0];
  return token && secret && !/["'\s]/.test(token) ? { token, secret } : undefined;
}

/** How deep texts hold each other as strings: a file in the log of a program in the log of a runner. */
const DEPTH = 2;

for (const rule of rules) {
  test(`${rule.id}: its examples are found inside strings of JSON`, () => {
    const random = seededRandom(SEED);
    for (const example of rule.examples) {
      const misses: string[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        let text = mint(example, random);
        for (let depth = 1; depth <= DEPTH; depth++) {
          text = JSON.stringify({ level: "info", msg: `read ${text}` });
          const hits = findIn(text, "app.log");
          if (!hits.some((hit) => hit.rule === rule.id))
            misses.push(`depth ${depth}: ${hits.map((hit) => hit.rule).join(", ") || "nothing"}`);
        }
      }
      const byChance = runs.has(rule.id) || rule.detector || rule.entropy !== undefined;
      const mayMiss = byChance ? MAY_MISS * DEPTH : 0;
      assert.ok(misses.length <= mayMiss, `${example.slice(0, 60)} gave ${misses.join(" / ")}`);
    }
  });
}
