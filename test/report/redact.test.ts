import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type RuleId, Secret } from "../../src/model/index.ts";
import { render } from "../../src/report/index.ts";
import { codeSpan, cut, markdown, plain, redact, safeJson } from "../../src/report/redact.ts";
import { body, makeFinding, makeJwt, makeOptions, makeReport } from "./make-report.ts";

const rule = (...keywords: string[]) => ({ id: "any" as RuleId, keywords });

const shown: [name: string, secret: string, keywords: string[], expected: string][] = [
  ["a provider's prefix", ["gh", "p_", body(36)].join(""), [["gh", "p_"].join("")], "ghp_…"],
  [
    "the longest of several prefixes",
    ["sk", "-ant-api03-", body(90)].join(""),
    ["sk-", "sk-ant-api03-"],
    "sk-ant-api03-…",
  ],
  ["a prefix of capitals", ["AK", "IA", body(16)].join(""), ["AKIA", "ASIA"], "AKIA…"],
  ["the start of a PEM block", `-----${"BEGIN"} PRIVATE KEY-----${body(90)}`, ["-----BEGIN"], "-----BEGIN…"],
  ["no prefix of the rule", body(40), ["acme_"], "…"],
  ["a keyword that is a word, and how the password begins", `password${body(12)}`, ["password"], "…"],
  ["a short word", `pass${body(12)}`, ["pass"], "…"],
  ["a secret that is hardly longer than its prefix", "acme_1234", ["acme_"], "…"],
  [
    "a keyword that is too long to be a prefix",
    `my-own-very-long-keyword-${body(20)}`,
    ["my-own-very-long-keyword-"],
    "…",
  ],
  ["a JWT", makeJwt({ sub: "a" }), ["eyJ", "ey"], "…"],
  [
    "a JWT whose header has white space",
    `${Buffer.from('{\n "alg": "HS256"}').toString("base64url")}.${body(20)}.${body(20)}`,
    ["ewo"],
    "…",
  ],
  ["JSON in base64", Buffer.from('  {"auths": {}}').toString("base64"), ["ICB7"], "…"],
];

for (const [name, secret, keywords, expected] of shown) {
  test(`shows at most the public prefix: ${name}`, () => assert.equal(redact(secret, rule(...keywords)), expected));
}

test("shows nothing when the rule is unknown", () => assert.equal(redact(body(40), undefined), "…"));

test("never shows eight characters of a body, whatever the keywords", () => {
  const secrets = fc.string({ unit: fc.constantFrom(..."abcXYZ019_-."), minLength: 9, maxLength: 60 });
  fc.assert(
    fc.property(secrets, fc.nat(40), (secret, at) => {
      const prefix = redact(secret, rule(secret.slice(0, at), secret)).slice(0, -1);
      assert.ok(secret.startsWith(prefix));
      assert.ok(prefix.length < 8 || /[_.:-]$/.test(prefix), prefix);
      assert.ok(secret.length - prefix.length >= 8 || prefix === "");
    }),
  );
});

const escapes: [name: string, text: string, expected: string][] = [
  ["visible text of any script", "naïve 漢字 😀 \\ path", "naïve 漢字 😀 \\ path"],
  ["newlines and tabs", "a\nb\r\tc", "a\\nb\\r\\tc"],
  ["a colour sequence", "\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"],
  ["an OSC 8 link and a bell", "\x1b]8;;http://x\x07", "\\x1b]8;;http://x\\x07"],
  ["C1 controls and DEL", "\x9b31m\x7f\x85", "\\x9b31m\\x7f\\x85"],
  ["bidi overrides and isolates", "\u202egnp.exe\u2066\u2069\u200f", "\\u202egnp.exe\\u2066\\u2069\\u200f"],
  [
    "separators and what cannot be seen",
    "\u2028\u2029\u200b\ufeff\u00ad\u{e0041}",
    "\\u2028\\u2029\\u200b\\ufeff\\xad\\u{e0041}",
  ],
  ["a lone surrogate", "a\ud800b", "a\\ud800b"],
];

for (const [name, text, expected] of escapes) {
  test(`escapes for a terminal: ${name}`, () => assert.equal(plain(text), expected));
}

test("escapes Markdown and HTML", () => {
  assert.equal(markdown("[x](http://y) <img src=x>"), "\\[x\\]\\(http\\://y\\) &lt;img src=x\\>");
  assert.equal(markdown("\n# *a* &amp;"), "\\\\n\\# \\*a\\* &amp;amp;");
  assert.equal(markdown("`a|b`"), "\\`a\\|b\\`");
});

test("fences a code span longer than any run of backticks in it", () => {
  assert.equal(codeSpan("curl x"), "`curl x`");
  assert.equal(codeSpan("a ``b`` c"), "``` a ``b`` c ```");
});

test("JSON text stays the same value and holds no character that a terminal obeys", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
      const json = safeJson({ text }, 2);
      assert.deepEqual(JSON.parse(json), { text });
      assert.equal(plain(json.replaceAll("\n", "")), json.replaceAll("\n", ""));
    }),
  );
});

test("cuts at a length, never inside a surrogate pair", () => {
  assert.equal(cut("abcdef", 6), "abcdef");
  assert.equal(cut("abcdef", 4), "abc…");
  assert.equal(cut("ab😀def", 4), "ab…");
});

test("a file that is called by the secret in it gives it away in no format", () => {
  const secret = new Secret(`acme_${body(36)}`);
  const paths = [`logs/3_Run curl -H token ${secret.reveal()}.txt`, "plain.env"];
  const report = makeReport([makeFinding("acme-token", 9, { secret, paths })]);
  for (const format of ["text", "json", "jsonl", "sarif", "gitlab", "junit"] as const) {
    const text = render(format, report, makeOptions());
    assert.ok(!text.includes(secret.reveal()) && !text.includes(encodeURIComponent(secret.reveal())), format);
    assert.match(text, /3_Run/, format);
    assert.match(text, /plain\.env/, format);
  }
});
