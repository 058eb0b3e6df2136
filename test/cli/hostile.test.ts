import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { folder } from "../config/folder.ts";
import { mint, seededRandom } from "../mint/mint.ts";
import { leak, token } from "../scan/running.ts";
import { git, repository } from "../sources/repository.ts";
import { leakreach, linesOf } from "./leakreach.ts";

const names: readonly [name: string, file: string][] = [
  ["ANSI escapes", "\x1b[2J\x1b]0;title\x07\x1b[31mred.env"],
  ["one-byte controls (C1)", "\u009b31mred\u0085.env"],
  ["newlines", "a\nb\r\nc.env"],
  ["right-to-left overrides", "safe\u202evne.exe\u2066.env"],
  ["what nobody sees", "a\u200bb\u{e0041}\ufeff.env"],
  ["HTML", '<img src=x onerror="alert(1)">.env'],
  ["a workflow command", "::set-output name=x::y.env"],
  ["a workflow command behind a newline", "a\n::stop-commands::x.env"],
  ["a workflow command of the first kind", "##[add-mask]x.env"],
  ["Markdown", "[click](javascript:alert(1)) `x` |.env"],
  ["a lone quote", '".env'],
  ["percent signs", "%0a%00..%2f.env"],
  ["a drive", "C:\\x.env"],
  ["a flag", "--show-secrets"],
];

/** What no line of output may hold: anything a terminal obeys or hides, but newlines. */
const OBEYED =
  /[\0-\x09\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/u;
/** What a CI runner obeys at the start of a line (workflow commands), or anywhere in it. */
const COMMAND = /^\s*::|##\[/m;

const hostile = Object.fromEntries(names.map(([, file], at) => [file, leak(at)]));
const paths = names.map(([, file]) => file).sort();

for (const [kind, make] of Object.entries({ folder, repository })) {
  test(`file names of a ${kind} with ${names.map(([name]) => name).join(", ")} are shown, and nothing obeys them`, async () => {
    const cwd = make(hostile);
    const run = async (format: string) => {
      const ran = await leakreach(["scan", ".", "--format", format, "--explain"], { cwd });
      assert.equal(ran.code, 1, ran.stderr);
      assert.doesNotMatch(ran.stdout, OBEYED);
      assert.doesNotMatch(ran.stderr, OBEYED);
      assert.doesNotMatch(ran.stderr, COMMAND);
      return ran.stdout;
    };
    assert.doesNotMatch(await run("text"), COMMAND);
    const found = JSON.parse(await run("json")).findings as { exposures: { path: string }[] }[];
    assert.deepEqual(found.map(({ exposures }) => exposures[0]!.path).sort(), paths);
    const matches = linesOf(await run("jsonl")).filter(({ type }) => type === "match");
    assert.deepEqual(matches.map(({ path }) => path).sort(), paths);
    const results = JSON.parse(await run("sarif")).runs[0].results as Log[];
    const uris = results.map(({ locations }) => locations[0]!.physicalLocation.artifactLocation.uri);
    for (const uri of uris) assert.match(uri, /^[\w.~!*'()@%/-]+$/);
    assert.deepEqual(uris.map(decodeURIComponent).sort(), paths);
  });
}

interface Log {
  readonly locations: readonly { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } } }[];
}

test("names in gaps and messages are escaped, too", async () => {
  const root = folder({ "\x1b[31m.zip": "PK\x03\x04broken", a: "" });
  const ran = await leakreach(["scan", root]);
  assert.equal(ran.code, 3);
  assert.doesNotMatch(ran.stdout, OBEYED);
  const missing = await leakreach(["scan", "\x1b[31mnowhere"]);
  assert.equal(missing.code, 2);
  assert.doesNotMatch(missing.stderr, OBEYED);
});

const part = (value: string) => Buffer.from(value).toString("base64url");
const claims = JSON.stringify({
  iss: "https://login.acme.test/",
  sub: "x",
  aud: "https://api.acme.test",
  exp: 2_000_000_000,
});
const signature = mint("{{base64url 43}}", seededRandom(3));
const jwt = (header: string, payload = claims) => `${part(header)}.${part(payload)}.${signature}`;
const header = '{"alg":"HS256","typ":"JWT"}';
const deep = (open: string, close: string, depth = 5000) => open.repeat(depth) + close.repeat(depth);

const inputs: readonly [name: string, text: string][] = [
  ["a JWT with a header of 64 KiB", jwt(`{"alg":"HS256","typ":"JWT","kid":"${"k".repeat(65536)}"}`)],
  ["a JWT with 64 KiB of spaces before its header", jwt(`${" ".repeat(65536)}${header}`)],
  ["a JWT whose claims are 5,000 deep", jwt(header, `{"a":${deep("[", "]")}}`)],
  ["a JWT whose header is 5,000 deep", jwt(`{"alg":"HS256","a":${deep('{"a":', "}").replace('{"a":}', '{"a":1}')}}`)],
  ["JSON 5,000 deep around a token", `${'{"a":['.repeat(5000)}"${token(1)}"${"]}".repeat(5000)}`],
  [
    "claims called __proto__",
    jwt(header, '{"__proto__":{"admin":true,"level":"none"},"constructor":{"prototype":{"x":1}},"sub":"x"}'),
  ],
  ["duplicate claims", jwt(header, '{"aud":"a","aud":"b","exp":1,"exp":2000000000,"sub":"x","sub":"y"}')],
  [
    "claims of wrong types",
    jwt(
      header,
      '{"aud":{"x":1},"exp":"soon","iat":-1e308,"scope":[[]],"iss":7,"sub":null,"nbf":1e400,"roles":{"a":[{}]}}',
    ),
  ],
  ["claims that are no object", jwt(header, "[1,2,3]")],
  ["an algorithm that is no text", jwt('{"alg":{"toString":"x"},"typ":"JWT"}')],
  ["an algorithm called constructor", jwt('{"alg":"constructor","typ":"JWT"}')],
  ["an algorithm called __proto__", jwt('{"alg":"__proto__","typ":"JWT"}')],
  [
    "an encryption called toString",
    `${part('{"alg":"dir","enc":"toString"}')}..${signature}.${signature}.${signature.slice(0, 22)}`,
  ],
  [
    "claims with terminal escapes",
    jwt(
      header,
      JSON.stringify({
        sub: "\x1b[2J\u202e\n::error::x",
        iss: "https://x.test/\x1b]0;t\x07",
        aud: "<script>",
        scope: "a\tb\u2028c",
      }),
    ),
  ],
  ["100,000 dots", ".".repeat(100_000)],
  ["ten thousand heads of JWTs", "eyJhbGciOi".repeat(10_000)],
  [
    "base64 of base64 of base64 of base64 of base64 of base64",
    Array.from({ length: 6 }).reduce<string>((text) => Buffer.from(text).toString("base64"), `xx ${leak(1)} yy`),
  ],
  [
    "a PEM that never ends",
    `-----BEGIN RSA PRIVATE KEY-----\n${`${mint("{{base64 64}}", seededRandom(5))}\n`.repeat(3000)}`,
  ],
  ["every byte", Buffer.from(Array.from({ length: 65536 }, (_, i) => i & 255)).toString("latin1")],
];

/** src/detect/jwt.ts looks an algorithm up in an object without asking whether it is a text and the object's own. */

for (const [name, text] of inputs) {
  test(`${name} is scanned and decoded without a crash`, async () => {
    const root = folder({ "hostile.txt": `x = "${text}"\n${leak(7)}` });
    const ran = await leakreach(["scan", root, "--format", "json", "--min-level", "none", "--show-secrets"]);
    assert.equal(ran.code, 1, ran.stderr.slice(0, 400));
    const secrets = (JSON.parse(ran.stdout).findings as { secret: string }[]).map(({ secret }) => secret);
    assert.ok(secrets.includes(token(7)), "the token behind it is found");
    for (const args of [["decode"], ["decode", "--format", "json"], ["scan", "-"]]) {
      const decoded = await leakreach(args, { input: text });
      assert.ok([0, 1].includes(decoded.code ?? -1), decoded.stderr.slice(0, 400));
      assert.doesNotMatch(decoded.stdout, OBEYED);
    }
  });
}

test("claims called __proto__ change nothing", async () => {
  const [, text] = inputs.find(([name]) => name === "claims called __proto__")!;
  const { stdout } = await leakreach(["decode", "--format", "json"], { input: text });
  assert.notEqual(JSON.parse(stdout).level, "none");
});

const files: readonly [name: string, text: string][] = [
  [
    "a rule that would run for ever elsewhere",
    `rules: {custom: [{id: slow-rule, name: x, impact: Does., keywords: [aaaa], pattern: '(?<secret>(a+)+b)', reach: {power: 1}, revoke: {how: Do.}}]}`,
  ],
  [
    "a rule with a back-reference",
    `rules: {custom: [{id: bad-rule, name: x, impact: Does., keywords: [aaaa], pattern: '(?<secret>(a)\\1)', reach: {power: 1}, revoke: {how: Do.}}]}`,
  ],
  ["a rule under __proto__", "rules: {custom: [{__proto__: {id: x}}]}"],
  ["a key called __proto__", "__proto__: {polluted: 1}"],
  ["5,000 deep", `allow: ${deep("[", "]")}`],
  [
    "a billion laughs",
    [
      "a: &a [x,x,x,x,x,x,x,x,x]",
      ..."bcdefghi".split("").map((c, i) => `${c}: &${c} [${Array(9).fill(`*${"abcdefgh"[i]}`).join(",")}]`),
    ].join("\n"),
  ],
  ["terminal escapes in a key", '"\x1b[2Jx": 1'],
  ["no UTF-8", "\xff\xfe\0x"],
  ["a thousand duplicate keys", "allow: []\n".repeat(1000)],
];

for (const [name, text] of files) {
  test(`settings with ${name} end at once, with a place and no crash`, async () => {
    const root = folder({ ".leakreach.yml": Buffer.from(text, "latin1"), "a.txt": `${"a".repeat(5000)}\n${leak(1)}` });
    const ran = await leakreach(["scan", root]);
    assert.ok(ran.code === 2 || ran.code === 1, `${ran.code} ${ran.stderr.slice(0, 300)}`);
    if (ran.code === 2) assert.match(ran.stderr, /\.leakreach\.yml/);
    assert.doesNotMatch(ran.stderr, OBEYED);
  });
}

test("nothing of a repository is run: no hook, monitor, filter, pager, editor, alias or helper", async () => {
  const root = repository({ "a.env": leak(1), ".gitattributes": "* filter=evil diff=evil\n" });
  const proof = join(root, "..", `proof-${process.pid}`);
  const evil = join(root, ".git/evil.sh");
  git(root, "commit", "-q", "--allow-empty", "-m", "more");
  writeFileSync(join(root, ".git/evil.cfg"), `[core]\n\tfsmonitor = ${evil}\n\tpager = ${evil}\n`);
  writeFileSync(evil, `#!/bin/sh\necho "$0 $*" >> ${proof}\n`);
  chmodSync(evil, 0o755);
  const settings = {
    "core.fsmonitor": evil,
    "core.hooksPath": join(root, ".git/hooks"),
    "core.pager": evil,
    "core.editor": evil,
    "core.sshCommand": evil,
    "core.gitProxy": evil,
    "core.askPass": evil,
    "core.alternateRefsCommand": evil,
    "diff.external": evil,
    "diff.evil.textconv": evil,
    "diff.evil.command": evil,
    "filter.evil.clean": evil,
    "filter.evil.smudge": evil,
    "filter.evil.process": evil,
    "credential.helper": evil,
    "alias.ls-files": `!${evil}`,
    "pager.ls-files": evil,
    "gpg.program": evil,
    "trace2.eventTarget": proof,
    "uploadpack.packObjectsHook": evil,
    "remote.origin.url": `ext::${evil}`,
    "remote.origin.uploadpack": evil,
    "include.path": join(root, ".git/evil.cfg"),
    "includeIf.gitdir:/.path": join(root, ".git/evil.cfg"),
  };
  for (const [key, value] of Object.entries(settings)) git(root, "config", key, value);
  mkdirSync(join(root, ".git/hooks"), { recursive: true });
  for (const hook of ["fsmonitor-watchman", "post-index-change", "pre-commit", "post-checkout", "query-watchman"]) {
    writeFileSync(join(root, ".git/hooks", hook), readFileSync(evil));
    chmodSync(join(root, ".git/hooks", hook), 0o755);
  }
  writeFileSync(join(root, "changed.env"), leak(2));
  for (const args of [
    ["scan", "."],
    ["scan", ".", "--all-files"],
    ["baseline", "."],
    ["history", "."],
    ["history", ".", "--state", join(root, "..", `state-${process.pid}`)],
    ["range", "HEAD~1..HEAD"],
    ["staged"],
  ]) {
    const ran = await leakreach(args, { cwd: root });
    assert.ok(ran.code === 0 || ran.code === 1, ran.stderr);
  }
  assert.equal(existsSync(proof), false, existsSync(proof) ? readFileSync(proof, "utf8") : "");
});

test("a setting file of the current folder, a .env or a NODE_OPTIONS file of the repository is not loaded", async () => {
  const root = repository({
    "a.env": leak(1),
    ".env": "NODE_OPTIONS=--inspect\n",
    "package.json": '{"type":"nonsense"}',
    "node_modules/yaml/index.js": "throw 1",
  });
  const ran = await leakreach(["scan", "."], { cwd: root });
  assert.equal(ran.code, 1);
  assert.equal(ran.stderr, "");
});
