import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "yaml";
import { checksumNames } from "../../src/checksum/index.ts";
import { DEFAULT_POLICY } from "../../src/config/default-policy.ts";
import { DEFAULT_SETTINGS, loadSettings, unknownDisables } from "../../src/config/settings.ts";
import { ScanError } from "../../src/model/index.ts";
import { decoders } from "../decode/decoders.ts";
import { folder } from "./folder.ts";

const schema = JSON.parse(readFileSync("docs/settings.schema.json", "utf8"));
const example = readFileSync("docs/settings.example.yml", "utf8");

const load = (text: string) => loadSettings(folder({ ".leakreach.yml": text }), undefined);

/** The message of the one error that loading gives. */
async function complaint(text: string, code = "config-invalid"): Promise<string> {
  const error = await load(text).then(
    () => assert.fail(`accepted: ${text}`),
    (error: unknown) => error,
  );
  assert.ok(error instanceof ScanError, String(error));
  assert.equal(error.code, code);
  return error.message;
}

test("there are defaults when there is no file", async () => {
  assert.equal(await loadSettings(folder({}), undefined), DEFAULT_SETTINGS);
  assert.equal(DEFAULT_SETTINGS.wanted("any/path"), true);
  assert.equal(DEFAULT_SETTINGS.disabled("github-pat"), false);
});

for (const [name, text] of [
  ["an empty file", ""],
  ["comments alone", "# nothing yet\n"],
  ["sections with everything commented out", "paths:\nrules:\n  custom:\nallow:\n"],
  ["a byte order mark", "\ufeffversion: 1\n"],
  ["Windows line ends", "version: 1\r\npaths:\r\n  exclude: [a]\r\n"],
] as const) {
  test(`${name} is as good as no settings`, async () => assert.deepEqual((await load(text)).custom, []));
}

test("the example of the docs fits the schema and loads", async () => {
  const validate = new Ajv2020({ strict: true, strictRequired: false }).compile(schema);
  assert.ok(validate(parse(example)), JSON.stringify(validate.errors));
  const settings = await load(example);
  assert.equal(settings.custom[0]?.id, "acme-deploy-token");
  assert.equal(settings.allow.length, 2);
  assert.equal(settings.failOn, "medium");
  assert.match(settings.allow[1]!.where, /^\.leakreach\.yml:\d+$/);
});

test("every key of the settings is described", () => {
  for (const [name, value] of Object.entries<{ description?: string }>(schema.properties))
    assert.ok(value.description, name);
});

test("rules name decoders that there are", () => {
  for (const name of schema.$defs.rule.properties.decoder.enum) assert.ok(Object.hasOwn(decoders, name), name);
  assert.ok(checksumNames.length > 0);
});

test("the .yaml extension is read as well, both together are refused, another folder is not looked at", async () => {
  const root = folder({ ".leakreach.yaml": "rules: {disable: [jwt]}\n", "inner/.keep": "" });
  assert.equal((await loadSettings(root, undefined)).disabled("jwt"), true);
  assert.equal((await loadSettings(join(root, "inner"), undefined)).disabled("jwt"), false);
  const both = folder({ ".leakreach.yaml": "", ".leakreach.yml": "" });
  await assert.rejects(loadSettings(both, undefined), { code: "config-invalid", message: /keep one/ });
});

test("a file given by name is read instead, and missed when it is not there", async () => {
  const root = folder({ ".leakreach.yml": "nonsense: 1", "own.yml": "report: {failOn: any, minLevel: none}" });
  const settings = await loadSettings(root, join(root, "own.yml"));
  assert.deepEqual([settings.failOn, settings.minLevel], ["any", "none"]);
  await assert.rejects(loadSettings(root, join(root, "no.yml")), {
    code: "config-invalid",
    message: /there is no settings file/,
  });
});

const faults: readonly [name: string, text: string, at: string, what: RegExp][] = [
  ["broken YAML", "paths:\n  exclude: [a, b\n", "3:1", /flow/i],
  ["a tab", "paths:\n\texclude: [a]\n", "2:1", /tab/i],
  ["a duplicate key", "version: 1\nversion: 1\n", "2:1", /twice/],
  ["two documents", "version: 1\n---\nversion: 1\n", "2:1", /document/],
  ["a tag", "salt: !!js/function x\n", "1:7", /tag/],
  ["an alias of nothing", "salt: *nobody\n", "1:7", /alias/i],
  ["an unknown key", "version: 1\npathes: {}\n", "2:1", /unknown key `pathes`; did you mean `paths`\?/],
  [
    "an unknown key far from all",
    "rules: {frobnicate: 1}\n",
    "1:9",
    /rules: unknown key `frobnicate`; known are disable, custom, files/,
  ],
  [
    "a key of a list's entry",
    "allow:\n  - {path: a, resaon: because, reason: because}\n",
    "2:15",
    /allow\[0\]: unknown key `resaon`; did you mean `reason`\?/,
  ],
  ["a wrong version", "version: 2\n", "1:10", /must be 1/],
  ["a list that is none", "paths:\n  exclude: vendor\n", "2:12", /paths\.exclude: must be a list/],
  ["a map that is none", "- a\n", "1:1", /must be a mapping/],
  ["a text as a whole", "hello\n", "1:1", /must be a mapping/],
  ["a number for a text", "allow:\n  - path: 7\n    reason: because\n", "2:11", /write it in quotes/],
  [
    "an account without quotes",
    "audiences:\n  - match: {provider: aws, account: 210987654321}\n    ignore: true\n",
    "2:12",
    /account: "210987654321"/,
  ],
  [
    "an unknown level",
    "report: {failOn: hihg}\n",
    "1:18",
    /must be one of none, low, medium, high, critical, any; did you mean high\?/,
  ],
  ["an allow entry without a reason", "allow:\n  - path: a\n", "2:5", /`reason` is missing: Why/],
  ["an empty reason", "allow:\n  - path: a\n    reason: ' '\n", "3:13", /a sentence that says why/],
  ["an allow entry of nothing", "allow:\n  - reason: because\n", "2:5", /either `fingerprint`.*or `path`/],
  ["an allow entry of both", "allow:\n  - {path: a, fingerprint: b, reason: because}\n", "2:5", /either/],
  [
    "rules without a path",
    "allow:\n  - {fingerprint: b, rules: [jwt], reason: because}\n",
    "2:5",
    /`rules` goes with `path`/,
  ],
  ["no day", "allow:\n  - {path: a, reason: because, until: soon}\n", "2:39", /a day such as/],
  [
    "a day that no calendar has",
    "gaps:\n  - {what: a, reason: because, until: 2026-02-30}\n",
    "2:39",
    /no day of the calendar/,
  ],
  ["a gap without a reason", "gaps: [{what: a}]\n", "1:8", /`reason` is missing/],
  ["a glob that is turned round", 'paths: {exclude: ["!a"]}\n', "1:19", /without a leading !/],
  ["a glob with backslashes", "paths: {exclude: ['a\\b']}\n", "1:19", /with \/ between folders/],
  ["a glob of too many stars", "paths: {exclude: [a*b*c*d*e]}\n", "1:19", /too many stars/],
  ["a glob of too many choices", "paths: {exclude: ['{a,b}{a,b}{a,b}{a,b}']}\n", "1:19", /too many choices/],
  [
    "a rule without keywords",
    "rules:\n  custom:\n    - {id: a, name: A, pattern: abc}\n",
    "3:7",
    /`keywords` is missing: Texts.*keeps a scan fast/,
  ],
  [
    "a rule with no keyword in the list",
    "rules:\n  custom:\n    - {id: a, name: A, pattern: abc, keywords: []}\n",
    "3:48",
    /one of which stands inside every match/,
  ],
  ["a short keyword", "rules:\n  custom:\n    - {id: a, name: A, pattern: abc, keywords: [ab]}\n", "3:49", /3 to 100/],
  [
    "a pattern with look-around",
    "rules:\n  custom:\n    - {id: a, name: A, keywords: [abc], pattern: 'abc(?=d)'}\n",
    "3:50",
    /rules\.custom\[0\]\.pattern: is not a regular expression in RE2 syntax/,
  ],
  [
    "a pattern that matches nothing at all",
    "rules:\n  custom:\n    - {id: a, name: A, keywords: [abc], pattern: '(abc)?'}\n",
    "3:50",
    /empty text/,
  ],
  [
    "two rules of one name",
    "rules:\n  custom:\n    - &r {id: a, name: A, keywords: [abc], pattern: abc}\n    - {id: a, name: B, keywords: [abc], pattern: abcd}\n",
    "4:12",
    /another rule has this id/,
  ],
  ["a rule file outside", "rules: {files: [../rules.yml]}\n", "1:17", /stays in its folder/],
  ["a rule file that is not there", "rules: {files: [rules.yml]}\n", "1:17", /there is no such file/],
  [
    "a boundary that is not there",
    "boundaries: {shop: {}}\naudiences:\n  - {match: a, boundary: shopp}\n",
    "3:26",
    /did you mean `shop`\?/,
  ],
  ["an audience of which nothing is said", "audiences:\n  - match: a\n", "2:5", /add `boundary`/],
  [
    "a duration that is none",
    "limits: {keyAge: 90}\n",
    "1:18",
    /a duration such as 30m, 1h or 90d; write it in quotes/,
  ],
  ["a duration of words", "limits: {keyAge: ninety days}\n", "1:18", /a duration such as/],
  ["a power out of range", "limits: {maxPower: 6}\n", "1:20", /a number from 0 to 5/],
  ["a policy's broken expression", "scopes:\n  - {match: '/(/', power: 2}\n", "2:13", /is not a regular expression/],
  ["tenants without a star", "issuers:\n  - {match: a, tenants: [b]}\n", "2:25", /needs a `\*`/],
  ["a prototype at the top", "__proto__: {failOn: any}\n", "1:1", /unknown key `__proto__`/],
  ["a prototype among boundaries", "boundaries:\n  __proto__: {owner: me}\n", "2:3", /`__proto__` must be a name/],
  [
    "a prototype in a rule",
    "rules:\n  custom:\n    - {__proto__: {id: a}, id: a, name: A, keywords: [abc], pattern: abc}\n",
    "3:8",
    /unknown key `__proto__`/,
  ],
  ["a constructor", "report: {constructor: {prototype: 1}}\n", "1:10", /unknown key `constructor`/],
];

for (const [name, text, at, what] of faults) {
  test(`${name} is refused at ${at}`, async () => {
    const message = await complaint(text);
    assert.match(message, what);
    assert.ok(message.includes(`.leakreach.yml:${at}: `), message);
  });
}

test("one error lists every fault, in the order of the file", async () => {
  const lines = (await complaint("versoin: 1\npaths: 7\nreport: {failOn: x}\n")).split("\n");
  assert.deepEqual(
    lines.map((line) => /^\.leakreach\.yml:(\d+):/.exec(line)?.[1]),
    ["1", "2", "3"],
  );
});

test("a hundred faults are not a wall of text", async () => {
  const text = Array.from({ length: 100 }, (_, n) => `k${n}zzzzzzzz: 1`).join("\n");
  assert.match(await complaint(text), /\nand 80 more$/);
});

test("a wrong value is not repeated, and a key's escapes are shown as such", async () => {
  const message = await complaint('report: {failOn: hunter2hunter2}\n"\\e[2Jx": 1\nsalt: [hunter2hunter2]\n');
  assert.doesNotMatch(message, /hunter2|\x1b/);
  assert.match(message, /\\u001b\[2Jx/);
});

test("values under an alias are found where they are written", async () => {
  const text = "allow:\n  - &a {path: x, reason: because, untill: 2026-01-01}\n  - *a\n";
  assert.match(
    await complaint(text),
    /\.leakreach\.yml:2:35: allow\[0\]: unknown key `untill`; did you mean `until`\?/,
  );
});

test("an alias bomb is refused at once", async () => {
  const levels = Array.from(
    { length: 20 },
    (_, n) => `k${n}: &a${n} [${n === 0 ? "x" : `*a${n - 1}`}${`, ${n === 0 ? "x" : `*a${n - 1}`}`.repeat(9)}]`,
  );
  const started = performance.now();
  assert.match(await complaint(levels.join("\n")), /anchors are used too often/);
  assert.ok(performance.now() - started < 2000);
});

test("values nested a hundred thousand deep are refused", async () => {
  assert.match(await complaint(`paths: ${"[".repeat(100_000)}`), /deep|flow/i);
});

for (const [name, content, what] of [
  ["more than 1 MiB", "#".repeat((1 << 20) + 1), /at most 1048576/],
  ["Latin-1", Buffer.from("salt: caf\xe9\n", "latin1"), /is not UTF-8/],
] as const) {
  test(`${name} is refused`, async () => {
    await assert.rejects(loadSettings(folder({ ".leakreach.yml": content }), undefined), {
      code: "config-invalid",
      message: what,
    });
  });
}

test("a folder or a pipe of that name is refused, and does not hold the scan up", async () => {
  const root = folder({});
  mkdirSync(join(root, ".leakreach.yml"));
  await assert.rejects(loadSettings(root, undefined), { code: "config-invalid", message: /regular file/ });
  const piped = folder({});
  if (spawnSync("mkfifo", [join(piped, ".leakreach.yml")]).status !== 0) return;
  await assert.rejects(loadSettings(piped, undefined), { code: "config-invalid", message: /regular file/ });
});

const globs: readonly [glob: string, path: string, excluded: boolean][] = [
  ["vendor/", "vendor/a.js", true],
  ["vendor", "src/vendor/a/b.js", true],
  ["vendor", "vendors/a.js", false],
  ["/vendor", "src/vendor/a.js", false],
  ["/vendor", "vendor/a.js", true],
  ["./docs/x", "docs/x", true],
  ["*.snap", "test/a/b.snap", true],
  ["*.snap", "test/b.snapshot", false],
  ["docs/**", "docs/.hidden/a", true],
  ["docs/*.md", "docs/a/b.md", false],
  [".env*", "deep/.env.local", true],
  ["app/(shop)/**", "app/(shop)/page.tsx", true],
  ["app/(shop)/**", "app/shop/page.tsx", false],
  ["a|b", "a", false],
  ["*.{ts,tsx}", "src/a.tsx", true],
  ["**", "anything/at/all", true],
];

for (const [glob, path, excluded] of globs) {
  test(`${glob} ${excluded ? "excludes" : "leaves"} ${path}`, async () => {
    const settings = await load(`paths: {exclude: [${JSON.stringify(glob)}]}`);
    assert.equal(settings.wanted(path), !excluded);
  });
}

test("include narrows, exclude wins", async () => {
  const { wanted } = await load("paths: {include: [src/**], exclude: [src/gen/**]}");
  assert.deepEqual(["src/a.ts", "src/gen/a.ts", "b.ts"].map(wanted), [true, false, false]);
});

test("no glob that is let through takes long on a path made for it", async () => {
  const { wanted } = await load(
    'paths: {exclude: ["**/a*a*a*b/**/x", "{a,aa,aaa}{a,aa,aaa}{a,aa}*b", "(a+)+b", "[a]+[a]+[a]+b"]}',
  );
  const started = performance.now();
  assert.equal(wanted(`${"a/".repeat(60)}${"a".repeat(200)}`), true);
  assert.ok(performance.now() - started < 1000);
});

test("rules are disabled by id and by glob, and a name of no rule is said", async () => {
  const settings = await load("rules:\n  disable:\n    - jwt\n    - slack-*\n    - github-patt\n");
  assert.deepEqual(["jwt", "jwt-x", "slack-bot-token", "github-pat"].map(settings.disabled), [
    true,
    false,
    true,
    false,
  ]);
  const notices = unknownDisables(settings, ["jwt", "slack-bot-token", "github-pat"]);
  assert.deepEqual(notices, ["unused: .leakreach.yml:5 disables github-patt, and no rule is called so"]);
});

test("rules of one's own get what they leave out, from the settings and from files", async () => {
  const rule = "{id: acme-key, name: Acme key, keywords: [acme_], pattern: 'acme_(?<secret>[a-z]{20})'}";
  const file =
    "provider: Acme\nrules:\n  - {id: acme-two, name: Two, keywords: [two_], pattern: 'two_[a-z]{20}', reach: {power: 5}}\n";
  const root = folder({ ".leakreach.yml": `rules: {custom: [${rule}], files: [sub/acme.yml]}`, "sub/acme.yml": file });
  const [one, two] = (await loadSettings(root, undefined)).custom;
  assert.deepEqual([one?.provider, one?.reach], ["custom", { power: 2, certainty: "prefix" }]);
  assert.ok(one?.impact && one.revoke.how);
  assert.deepEqual([two?.provider, two?.reach], ["Acme", { power: 5, certainty: "prefix" }]);
});

test("a fault in a rule file is told with that file's line and column", async () => {
  const root = folder({
    ".leakreach.yml": "rules: {files: [r.yml]}",
    "r.yml": "rules:\n  - {id: A, name: x, keywords: [abc], pattern: abc}\n",
  });
  await assert.rejects(loadSettings(root, undefined), {
    code: "rule-invalid",
    message: /^r\.yml:2:10: rules\[0\]\.id: must be an id/,
  });
});

test("a rule file that is a link out of the folder is refused", async () => {
  const outside = folder({ "r.yml": "rules: []" });
  const root = folder({ ".leakreach.yml": "rules: {files: [r.yml]}" });
  symlinkSync(join(outside, "r.yml"), join(root, "r.yml"));
  await assert.rejects(loadSettings(root, undefined), { code: "config-invalid", message: /leads out/ });
});

test("settings without a policy keep the default one", async () => {
  const { policy } = await load("version: 1");
  assert.deepEqual(policy.limits, DEFAULT_POLICY.limits);
  assert.equal(policy.boundaries.constructor, undefined);
});

test("a megabyte of faults takes no time", async () => {
  const text = Array.from({ length: 90_000 }, (_, n) => `k${n}: 1`).join("\n");
  const started = performance.now();
  assert.match(await complaint(text), /\nand \d+ more$/);
  assert.ok(performance.now() - started < 10_000);
});

test("an anchor in itself is refused", async () => {
  assert.match(await complaint("paths: &a {exclude: *a}\n"), /anchor|deep/);
});
