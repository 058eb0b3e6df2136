import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parse } from "yaml";
import type { WrittenRule } from "../../src/model/index.ts";
import { folder } from "../config/folder.ts";
import { mint, seededRandom } from "../mint/mint.ts";
import { leakreach } from "./leakreach.ts";

const LENGTH = 8;

/** A secret in the text it leaks in, and the pieces of it that nobody may see. */
interface Planted {
  readonly rule: string;
  readonly text: string;
  readonly secret: string;
  readonly pieces: ReadonlySet<string>;
}

function pieces(text: string): Set<string> {
  return new Set(Array.from({ length: Math.max(0, text.length - LENGTH + 1) }, (_, at) => text.slice(at, at + LENGTH)));
}

type Groups = Readonly<Record<string, string | undefined>>;

function groupsIn(text: string, rule: WrittenRule): Groups {
  const all = [...Buffer.from(text).toString("latin1").matchAll(new RegExp(rule.pattern, "g"))];
  // A detector's pattern fits the words before its secret, too.
  return all.at(rule.detector ? -1 : 0)?.groups ?? {};
}

const rules = readdirSync("rules/providers").flatMap(
  (name) => (parse(readFileSync(`rules/providers/${name}`, "utf8")) as { rules: WrittenRule[] }).rules,
);
const NAMES = rules.flatMap(({ id, name }) => [id, name]);

/** Ids that a decoder reads out of a token and shows as facts: of a key, an account, a bot, an instance. None opens anything. */
const IDS: readonly [rule: RegExp, ids: RegExp][] = [
  [/^tailscale-/, /(?<=^tskey-[a-z]+-)\w+/g],
  [/^braintree-access-token$/, /[a-z0-9]{16}(?=\$)/g],
  [/^asaas-/, /\$aact_[a-z]+_?/g],
  [/^discord-webhook$/, /\d{17,20}/g],
  [/^telegram-bot-token$/, /^\d{8,10}(?=:)/g],
  [/^sourcegraph-/, /(?<=^sg[pd]_)[0-9a-f]{16}(?=_)/g],
  [/^jwk-private$/, /"kid":"\w+"/g],
  [/^slack-/, /\d{9,14}|\b[TEAWUB][A-Z0-9]{8,14}\b/g],
];

/**
 * What tokens of one kind share is the kind's: prefixes, hosts, `-----BEGIN`; and reports name rules. Other named groups of a pattern are public by
 * their rule (rules/README.md, "Fields"): key ids, accounts. The rest is the secret's own.
 */
function plant(rule: WrittenRule, example: string, seed: number): Planted | undefined {
  const text = mint(example, seededRandom(seed));
  const { secret, ...named } = groupsIn(text, rule);
  if (secret === undefined) return undefined;
  const others = Array.from(
    { length: 12 },
    (_, n) => groupsIn(mint(example, seededRandom(seed + n + 1)), rule).secret ?? "",
  );
  const shared = new Set(
    [...others, ...Object.values(named), ...idsIn(secret, rule.id), ...NAMES].flatMap((other) => [
      ...pieces(other ?? ""),
    ]),
  );
  const own = [...pieces(secret)].filter((piece) => !shared.has(piece));
  return own.length < 3 ? undefined : { rule: rule.id, text, secret, pieces: new Set(own) };
}

const idsIn = (secret: string, rule: string): string[] =>
  IDS.filter(([of]) => of.test(rule)).flatMap(([, ids]) => secret.match(ids) ?? []);

/** The same token for a rule, whatever other rules there are. */
const seedOf = (id: string): number => createHash("sha256").update(id).digest().readUInt32BE() >>> 1;
const planted = rules
  .flatMap((rule) => rule.examples.flatMap((example, at) => plant(rule, example, seedOf(`${rule.id} ${at}`)) ?? []))
  .sort((a, b) => seedOf(a.rule) - seedOf(b.rule));
const COUNT = planted.length;
const forbidden = new Map(planted.flatMap(({ rule, pieces: own }) => [...own].map((piece) => [piece, rule] as const)));

/** Of which rules a text holds a piece of a planted secret, and where. */
function told(text: string): Map<string, string> {
  const told = new Map<string, string>();
  const flat = [text, text.replace(/\n\s*/g, "")];
  for (const shown of flat)
    for (let at = 0; at + LENGTH <= shown.length; at++) {
      const rule = forbidden.get(shown.slice(at, at + LENGTH));
      if (rule) told.set(rule, shown.slice(Math.max(0, at - 60), at + LENGTH + 4));
    }
  return told;
}

/** Fails when a text holds a piece of a planted secret; says of which rule and where, never which. */
function assertSilent(name: string, text: string): void {
  assert.deepEqual([...told(text)], [], `${name} shows pieces of secrets`);
}

const root = folder(Object.fromEntries(planted.map(({ text }, at) => [`d${at % 7}/f${at}.txt`, `${text}\n`])));

test(`${COUNT} tokens of all rules are planted, and --show-secrets shows them`, async () => {
  const left = rules.filter(({ id }) => !planted.some(({ rule }) => rule === id));
  assert.deepEqual(
    left.map(({ id }) => id),
    [],
  );
  const { stdout } = await leakreach(["scan", root, "--format", "json", "--show-secrets", "--min-level", "none"]);
  const shown = (JSON.parse(stdout).findings as { secret: string }[]).map(({ secret }) => secret);
  const missing = planted.filter(({ secret }) => {
    const utf8 = Buffer.from(secret, "latin1").toString("utf8");
    return !shown.some((one) => one.includes(utf8) || (utf8.includes(one) && one.length >= 16));
  });
  // A value that only a keyword speaks for may by chance look like no secret.
  assert.ok(missing.length <= COUNT / 40, missing.map(({ rule }) => rule).join(", "));
  for (const format of ["text", "jsonl"]) {
    const ran = await leakreach(["scan", root, "--format", format, "--show-secrets", "--min-level", "none"]);
    const found = told(ran.stdout).size;
    assert.ok(found >= rules.length * 0.9, `${format} shows ${found}`);
  }
});

for (const format of ["text", "json", "jsonl", "sarif"]) {
  test(`${format} shows no ${LENGTH} characters of a secret, on standard output, in a file, with --explain`, async () => {
    const out = folder({});
    const ran = await leakreach(
      [
        "scan",
        root,
        "--format",
        format,
        "--output",
        `${format}=report`,
        "--explain",
        "--min-level",
        "none",
        "--jobs",
        "2",
      ],
      { cwd: out },
    );
    assert.equal(ran.code, 1);
    assertSilent("standard output", ran.stdout);
    assertSilent("standard error", ran.stderr);
    assertSilent("the file", readFileSync(join(out, "report"), "utf8"));
    assert.ok(ran.stdout.length > 10_000);
  });
}

test("text in colour shows none", async () => {
  const ran = await leakreach(["scan", root, "--min-level", "none"], { env: { FORCE_COLOR: "1" } });
  assertSilent("standard output", ran.stdout);
});

test("a baseline holds none", async () => {
  const out = folder({});
  const ran = await leakreach(["baseline", root, "--output", "known.json"], { cwd: out });
  assertSilent("standard output", ran.stdout + ran.stderr);
  assertSilent("the baseline", readFileSync(join(out, "known.json"), "utf8"));
});

test("decode explains tokens without showing them", async () => {
  for (const { secret, rule } of planted.slice(0, 25)) {
    for (const format of ["text", "json"]) {
      const ran = await leakreach(["decode", "--format", format], { input: Buffer.from(secret, "latin1") });
      assert.equal(ran.code, 0, ran.stderr);
      assertSilent(`decode of ${rule}`, ran.stdout + ran.stderr);
    }
  }
});

const prefixed = planted.find(({ rule }) => rule.startsWith("g"))!;
/** A token that is secret from its first character on. */
const T = planted.find(
  ({ secret, pieces: own }) => /^[\w-]{20,80}$/.test(secret) && own.size === pieces(secret).size,
)!.secret;

const mistakes: readonly [name: string, files: Readonly<Record<string, string>>, flags: readonly string[]][] = [
  ["settings with a token for a key", { ".leakreach.yml": `${T}: 1\n` }, []],
  [
    "settings with a token for a value",
    { ".leakreach.yml": `version: ${T}\nreport: {failOn: ${T}}\nallow: ${T}\n` },
    [],
  ],
  ["settings with a token in broken YAML", { ".leakreach.yml": `allow: [${T}\n  - "${T}\n` }, []],
  ["settings with a token for an alias", { ".leakreach.yml": `a: *${T}\n` }, []],
  ["settings with a token for a tag", { ".leakreach.yml": `a: !${T} b\n` }, []],
  ["settings that are only a token", { ".leakreach.yml": T }, []],
  [
    "settings with a token in an entry of no use",
    { ".leakreach.yml": `allow: [{fingerprint: "${T}", reason: "${T}"}]` },
    [],
  ],
  [
    "a rule with a token in its pattern",
    {
      ".leakreach.yml": `rules: {custom: [{id: a-b, name: x, impact: Does., keywords: [abc_], pattern: "(?<secret>${T}(", reach: {power: 1}, revoke: {how: Do.}}]}`,
    },
    [],
  ],
  ["a policy with a token", { "p.yml": `audiences: [{match: ${T}, boundary: ${T}}]\n${T}: 1` }, ["--policy", "p.yml"]],
  ["a baseline that is a token", { "b.json": T }, ["--baseline", "b.json"]],
  [
    "a baseline with a token for a fingerprint",
    { "b.json": JSON.stringify({ fingerprints: [{ fingerprint: T }] }) },
    ["--baseline", "b.json"],
  ],
  ["a key set that is a token", { "k.json": T }, ["--jwks", "k.json"]],
  ["a key set of tokens", { "k.json": JSON.stringify({ keys: [T, { kty: T, k: T }] }) }, ["--jwks", "k.json"]],
  ["a .gitleaksignore with a token", { ".gitleaksignore": `${T}\na.txt:${T}:1\n` }, []],
  ["a .env for a configuration", { "x.yml": `TOKEN=${T}\n` }, ["--config", "x.yml"]],
];

/** src/config/check.ts, document.ts and rules.ts repeat keys, aliases, tags and patterns; src/scan/suppress.ts repeats entries. */

for (const [name, files, flags] of mistakes) {
  test(`${name} is spoken of without showing it`, async () => {
    const where = folder({ "a.txt": `${prefixed.text}\n`, ...files });
    const ran = await leakreach(["scan", ".", ...flags], { cwd: where });
    const own = new Set(pieces(T));
    const text = ran.stdout + ran.stderr;
    const at = Array.from(text, (_, i) => i).find((i) => own.has(text.slice(i, i + LENGTH)));
    assert.equal(at === undefined ? "" : text.slice(Math.max(0, at - 80), at), "", "a piece of the token follows");
    assert.notEqual(ran.code, 70, ran.stderr);
  });
}

test("a private key in the place of a kubeconfig's certificate shows no more than one in its own", async () => {
  const config = mint("{{mint kubeconfig masters}}", seededRandom(39));
  const [, certificate, key] = /client-certificate-data: (\S+)\s+client-key-data: (\S+)/.exec(config)!;
  for (const text of [config, config.replace(certificate!, key!)]) {
    const ran = await leakreach(["scan", folder({ config: text }), "--format", "json", "--min-level", "none"]);
    assert.match(ran.stdout, /kubeconfig-client-key/);
    for (const shown of [certificate!, key!]) assert.ok(!ran.stdout.includes(shown.slice(60, 100)));
  }
});

const crashes: readonly [name: string, code: string, exit: number][] = [
  ["while a report is written", "String.prototype.padStart = () => { throw new Error('a bug'); };", 70],
  [
    "while a file is read",
    "import fs from 'node:fs'; import { syncBuiltinESMExports } from 'node:module'; fs.fstatSync = () => { throw new Error('a bug'); }; syncBuiltinESMExports();",
    3,
  ],
  ["while findings are judged", "Date.prototype.toISOString = () => { throw new Error('a bug'); };", 70],
];

for (const [name, code, exit] of crashes) {
  test(`a crash ${name} shows none, and is exit ${exit}`, async () => {
    const where = folder({ "crash.mjs": code });
    const ran = await leakreach(["scan", root, "--explain"], { node: ["--import", join(where, "crash.mjs")] });
    assert.equal(ran.code, exit, ran.stderr.slice(0, 500));
    if (exit === 70) assert.match(ran.stderr, /this is a bug of ours/);
    assertSilent("standard output", ran.stdout);
    assertSilent("standard error", ran.stderr);
  });
}

test("the same file scanned twice over pipes shows none either", async () => {
  const all = planted.map(({ text }) => text).join("\n\n\n");
  const where = folder({});
  writeFileSync(join(where, "all.txt"), all);
  for (const args of [
    ["scan", "-"],
    ["scan", join(where, "all.txt"), "--explain", "--format", "json", "--min-level", "none"],
  ]) {
    const ran = await leakreach(args, { input: all });
    assertSilent("standard output", ran.stdout);
    assertSilent("standard error", ran.stderr);
  }
});
