import assert from "node:assert/strict";
import { test } from "node:test";
import { mint, seededRandom } from "../mint/mint.ts";
import { findIn } from "./find.ts";

const random = seededRandom(6750);
const b64 = (text: string): string => Buffer.from(text).toString("base64");
const opaque = [
  mint("{{alnum 40}}7", random),
  mint("{{hex 40}}", random),
  mint("{{base64url 43}}8", random),
  mint("{{alnum 20}}.{{alnum 30}}_9", random),
  mint("{{base64 38}}4==", random),
];

const bearers: [name: string, text: (token: string) => string, path?: string][] = [
  ["a header", (t) => `Authorization: Bearer ${t}\r\n`],
  ["a header in lower case", (t) => `authorization: bearer ${t}\n`],
  ["a log line", (t) => `12:01:07 DEBUG > Authorization: Bearer ${t}`],
  ["a curl -H in double quotes", (t) => `curl -sH "Authorization: Bearer ${t}" https://api.acme.test`, "run.sh"],
  ["a curl -H in single quotes", (t) => `curl -H 'Authorization: Bearer ${t}' https://api.acme.test`, "README.md"],
  ["a curl --header with escaped quotes", (t) => `run: "curl --header \\"Authorization: Bearer ${t}\\" x"`, "ci.yml"],
  ["an HTTP file", (t) => `GET https://api.acme.test/v1\nAuthorization: Bearer ${t}\nAccept: */*\n`, "calls.http"],
  ["HAR", (t) => JSON.stringify({ headers: [{ name: "Authorization", value: `Bearer ${t}` }] }), "site.har"],
  ["JSON in a log", (t) => JSON.stringify({ msg: JSON.stringify({ authorization: `Bearer ${t}` }) }), "app.log"],
  ["JavaScript", (t) => `headers: { Authorization: "Bearer ${t}" },`, "a.js"],
  ["JavaScript, a sum", (t) => `headers['Authorization'] = 'Bearer ' + '${t}';`, "a.js"],
  ["TypeScript, a template", (t) => `headers.set("authorization", \`Bearer ${t}\`);`, "a.ts"],
  ["Python", (t) => `headers = {"Authorization": "Bearer ${t}"}`, "a.py"],
  ["Java, HttpRequest", (t) => `.header("Authorization", "Bearer ${t}")`, "A.java"],
  ["Java, setBearerAuth", (t) => `headers.setBearerAuth("${t}");`, "A.java"],
  ["Go", (t) => `req.Header.Set("Authorization", "Bearer ${t}")`, "a.go"],
  ["Ruby", (t) => `request["Authorization"] = "Bearer ${t}"`, "a.rb"],
  ["PHP", (t) => `'Authorization' => 'Bearer ' . '${t}',`, "a.php"],
  ["C#", (t) => `new AuthenticationHeaderValue("Bearer", "${t}");`, "A.cs"],
  ["Rust", (t) => `.header("Authorization", "Bearer ${t}")`, "a.rs"],
  ["Kotlin", (t) => `addHeader("Authorization", "Bearer ${t}")`, "A.kt"],
  ["Swift", (t) => `request.setValue("Bearer ${t}", forHTTPHeaderField: "Authorization")`, "a.swift"],
  ["PowerShell", (t) => `$headers = @{ Authorization = "Bearer ${t}" }`, "a.ps1"],
  ["YAML", (t) => `headers:\n  Authorization: Bearer ${t}\n`, "a.yml"],
  ["an environment variable", (t) => `AUTH_HEADER="Bearer ${t}"`, ".env"],
  ["a percent-encoded header", (t) => `x?authorization=Bearer%20${encodeURIComponent(t)}&y=1`, "a.log"],
];
for (const [name, text, path] of bearers) {
  test(`an opaque bearer token is found in ${name}`, () => {
    for (const token of opaque) {
      const found = findIn(text(token), path);
      assert.equal(
        found.length,
        1,
        `${text(token)} gave ${found.map((hit) => `${hit.rule} ${hit.secret}`).join(", ") || "nothing"}`,
      );
      assert.equal(found[0]!.secret, token);
      if (found[0]!.encodings.length === 0) assert.equal(found[0]!.raw, token);
    }
  });
}

test("Postman's bearer is found: the word is a key far from the value", () => {
  const token = opaque[0]!;
  const text = JSON.stringify(
    { auth: { type: "bearer", bearer: [{ key: "token", value: token, type: "string" }] } },
    null,
    2,
  );
  assert.deepEqual(
    findIn(text, "api.postman_collection.json").map((hit) => hit.secret),
    [token],
  );
});

const noBearer: [name: string, text: string, path?: string][] = [
  ["prose", "Send the Bearer token in the Authorization header; bearer authentication is described below."],
  ["a word with a digit", "Bearer authentication2 is used"],
  ["a template variable", "Authorization: Bearer ${ACCESS_TOKEN_PRODUCTION_1}"],
  ["an Actions expression", "Authorization: Bearer ${{ secrets.API_TOKEN_12345678 }}"],
  ["angle brackets", "Authorization: Bearer <your-access-token-0123>"],
  ["a shell variable", 'curl -H "Authorization: Bearer $TOKEN_FOR_PRODUCTION_1"', "a.sh"],
  ["a Python f-string", `f"Bearer {self.access_token_value_1}"`, "a.py"],
  ["a format", `fmt.Sprintf("Bearer %s", accessTokenValue1234)`, "a.go"],
  ["a call", "Bearer getAccessTokenForUser1234()", "a.js"],
  ["an element", "setBearerAuth(tokens[0]); bearer(accessTokens0[1])", "A.java"],
  ["a class", "class BearerTokenAuthenticationFilter2 extends Bearer", "A.java"],
  ["its challenge", `WWW-Authenticate: Bearer realm="api1234567890", error="invalid_token"`],
  ["an identifier in code", "Authorization: Bearer access_token_of_user_1", "a.md"],
];
for (const [name, text, path] of noBearer) {
  test(`a bearer is no token in ${name}`, () =>
    assert.deepEqual(
      findIn(text, path).filter((hit) => !hit.demoted),
      [],
    ));
}

test("a placeholder behind Bearer is kept as one", () => {
  const found = findIn("Authorization: Bearer YOUR_ACCESS_TOKEN_HERE_1");
  for (const hit of found) assert.match(hit.demoted ?? "", /placeholder/);
});

const basics: [name: string, text: (token: string) => string][] = [
  ["a header", (t) => `Authorization: Basic ${t}\n`],
  ["JSON", (t) => JSON.stringify({ authorization: `Basic ${t}` })],
  ["curl", (t) => `curl -H 'Authorization: Basic ${t}' https://x`],
  ["a sum", (t) => `h = "Basic " + "${t}"`],
  ["a URL", (t) => `?authorization=Basic%20${t}`],
];
const credentials = [
  `admin:${mint("{{alnum 14}}", random)}`,
  `svc@acme:${mint("{{hex 20}}", random)}`,
  `x:${mint("{{alnum 17}}", random)}`,
  `u:pä${mint("{{alnum 9}}", random)}`,
];
for (const [name, text] of basics) {
  test(`user and password are found in ${name}`, () => {
    for (const plain of credentials) {
      assert.deepEqual(
        findIn(text(b64(plain))).map((hit) => [hit.rule, hit.secret, hit.raw]),
        [["basic-auth-header", b64(plain), b64(plain)]],
      );
    }
  });
}

const noBasic: [name: string, text: string][] = [
  ["prose", "basic information about things; Basic Operators and basic Authentication"],
  ["a word that decodes to a colon", "/* Basic Operators */ and Basic OlderBrowsers"],
  ["base64 without a colon", `Basic ${b64("no colon in here at all")}`],
  [
    "bytes that are no text",
    `Basic ${Buffer.from([0x3a, 0x97, 0xab, 0x69, 0xab, 0xff, 0x80, 0x90, 0x91]).toString("base64")}`,
  ],
  ["a challenge", 'WWW-Authenticate: Basic realm="Access to the site"'],
  ["a variable", "Authorization: Basic ${BASIC_AUTH_B64}"],
];
for (const [name, text] of noBasic) {
  test(`${name} is no login`, () => assert.deepEqual(findIn(text), []));
}

test("a password that is a placeholder is kept as one", () => {
  const [found] = findIn(`Authorization: Basic ${b64("user:changeme")}`);
  assert.notEqual(found?.demoted, undefined);
});
