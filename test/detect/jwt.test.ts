import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { decoders } from "../decode/decoders.ts";
import { encode, mintJwe, mintJwt } from "../decode/mint-jwt.ts";
import { mint, seededRandom } from "../mint/mint.ts";
import { type Found, findIn } from "./find.ts";

const random = seededRandom(7519);
const JOHN = { sub: "1234567890", name: "John Doe" };
const CLAIMS = { iss: "https://login.acme.test/", sub: "svc-ci", aud: "https://api.acme.test/", exp: 1_790_000_000 };
const hs256 = mint("{{jwt}}", random);
const rs256 = mintJwt(CLAIMS);
const jwe = mint("{{jwe}}", random);
const unsecured = mint("{{jwt-none}}", random);
/** `?` and `>` at every place of three bytes, so that base64url needs both `-` and `_`. */
const dashed = mintJwt(CLAIMS, { kid: "???>>>?~?>~>~~" });

const jwts = (text: string, path?: string): Found[] => findIn(text, path).filter((hit) => hit.rule === "jwt");

/** Exactly this token is found, once, at its place. */
function assertFinds(text: string, token: string): void {
  const found = jwts(text);
  assert.deepEqual(
    found.map((hit) => hit.secret),
    [token],
    text.slice(0, 300),
  );
  if (found[0]!.encodings.length === 0 && text.includes(token)) assert.equal(found[0]!.raw, token);
}

/** A token whose header is this exact text. */
function withHeader(header: string): string {
  return `${encode(header)}.${encode(CLAIMS)}.${Buffer.alloc(32, 9).toString("base64url")}`;
}

const headers: [name: string, header: string, start: string][] = [
  ["no white space", '{"alg":"HS256"}', "eyJ"],
  ["a blank behind the brace", '{ "alg":"HS256"}', "eyA"],
  ["a line feed and blanks", '{\n  "alg": "HS256"\n}', "ewog"],
  ["CR LF", '{\r\n"alg":"HS256"}', "ew0K"],
  ["a tab behind a line feed", '{\n\t"alg": "HS256"}', "ewoJ"],
  ["a tab", '{\t"alg":"HS256"}', "ewki"],
  ["a line feed before the name", '{\n"typ":"JWT","alg":"HS256"}', "ewoi"],
];
for (const [name, header, start] of headers) {
  test(`a header with ${name} is a JOSE header`, () => {
    const token = withHeader(header);
    assert.ok(token.startsWith(start), token.slice(0, 6));
    assertFinds(`token=${token}\n`, token);
  });
}

const kinds: [name: string, token: string][] = [
  ["HS256", hs256],
  ["RS256", rs256],
  ["ES512, whose length this test leaves to the text around it", mintJwt(CLAIMS, { alg: "ES256" })],
  ["five parts (JWE)", jwe],
  ["five parts with an empty key (JWE, dir)", mintJwe({ alg: "dir", enc: "A256GCM" })],
  ["an empty signature (unsecured)", unsecured],
  ["- and _ in its header", dashed],
  ["a payload that starts with white space", mintJwt('{\n  "sub": "svc-ci",\n  "exp": 1790000000\n}')],
  ["a payload of more than 1,000 characters", mintJwt({ ...CLAIMS, groups: mint("{{alnum 1400}}", random) })],
  ["a payload of more than 20,000 characters", mintJwt({ ...CLAIMS, groups: mint("{{alnum 20000}}", random) })],
];
test("the dashed header has what its name says", () => assert.match(dashed.split(".")[0]!, /-.*_|_.*-/));
for (const [name, token] of kinds) {
  test(`a token with ${name} is found whole`, () => {
    assertFinds(`x = "${token}"\n`, token);
    assertFinds(token, token);
  });
}

const FOLLOWERS = [
  ",",
  ")",
  "&x=1",
  "<",
  "}",
  "#",
  ";",
  "'",
  '"',
  "`",
  ">",
  "]",
  "|",
  "\n",
  "\r\n",
  " ",
  "\\n",
  "\\",
  "%26",
  "*",
  "!",
  "?",
  ":",
  ". ",
  "\0",
];
for (const follower of FOLLOWERS) {
  test(`a token is found whole in front of ${JSON.stringify(follower)}`, () => {
    for (const token of [hs256, rs256, dashed, jwe]) assertFinds(`see ${token}${follower}`, token);
  });
}

const PRECEDERS = [
  "_",
  "ghs_123456_",
  "=",
  "%3D",
  "\\n",
  "\x1b[36m",
  "/",
  "(",
  "@",
  "?t=",
  "Bearer ",
  "Bearer%20",
  "\\u0022",
  "&quot;",
];
for (const preceder of PRECEDERS) {
  test(`a token is found behind ${JSON.stringify(preceder)}`, () => {
    const found = findIn(`${preceder}${hs256} x`);
    assert.equal(found.length, 1);
    assert.ok(found[0]!.secret.endsWith(hs256));
    assert.ok(found[0]!.raw.endsWith(hs256));
  });
}

test("ghs_<app>_<jwt> is one token of GitHub, not a JSON Web Token and something else", () => {
  const token = `ghs_${mint("{{digits 7}}", random)}_${rs256}`;
  assert.deepEqual(
    findIn(`GH_TOKEN=${token}\n`).map((hit) => [hit.rule.startsWith("github"), hit.secret]),
    [[true, token]],
  );
});

const json = (value: unknown, depth: number): string =>
  depth === 0 ? JSON.stringify(value) : json(JSON.stringify(value), depth - 1);
const places: [name: string, text: (token: string) => string][] = [
  ["a cookie", (t) => `Cookie: theme=dark; session=${t}; Path=/; HttpOnly`],
  ["a Set-Cookie header in HAR", (t) => JSON.stringify({ name: "set-cookie", value: `sid=${t}; Secure` })],
  ["a query string", (t) => `GET /callback?state=x1&id_token=${t}&expires=3600 HTTP/1.1`],
  ["a fragment of a URL", (t) => `https://app.acme.test/cb#access_token=${t}&token_type=bearer`],
  ["a percent-encoded URL", (t) => `next=https%3A%2F%2Facme.test%2F%3Ftoken%3D${t}%26x%3D1`],
  ["JSON", (t) => json({ token: t }, 0)],
  ["JSON in JSON", (t) => json({ token: t }, 1)],
  ["JSON in JSON in JSON", (t) => json({ token: t }, 2)],
  ["YAML", (t) => `auth:\n  token: ${t}\n`],
  ["XML", (t) => `<token>${t}</token>`],
  ["a Markdown table", (t) => `| prod | ${t} |`],
  ["a command line", (t) => `curl -H "Authorization: Bearer ${t}" https://api.acme.test`],
  ["a Python bytes literal", (t) => `token = b'${t}'`],
  ["the end of a sentence", (t) => `The token was ${t}.`],
  ["a file name", (t) => `saved as ${t}.txt`],
];
for (const [name, text] of places) {
  test(`a token is found in ${name}`, () => {
    for (const token of [hs256, rs256, dashed]) assertFinds(text(token), token);
  });
}

test("two tokens on one line are two", () => {
  const text = `access=${hs256} refresh=${rs256}\n`;
  assert.deepEqual(
    jwts(text).map((hit) => [hit.raw, hit.start]),
    [
      [hs256, text.indexOf(hs256)],
      [rs256, text.indexOf(rs256)],
    ],
  );
});

test("two tokens that differ only in their signature are two", () => {
  const other = hs256.slice(0, -4) + (hs256.endsWith("AAAA") ? "BBBB" : "AAAA");
  assert.deepEqual(
    jwts(`${hs256}\n${other}\n`).map((hit) => hit.secret),
    [hs256, other],
  );
});

/** A token in lines of some columns. */
const lines = (token: string, columns: number): string[] => token.match(new RegExp(`.{1,${columns}}`, "g"))!;
const wraps: [name: string, text: (token: string) => string][] = [
  ["64 columns", (t) => `token:\n${lines(t, 64).join("\n")}\n\nEnd of it.\n`],
  ["76 columns, CR LF", (t) => `token:\r\n${lines(t, 76).join("\r\n")}\r\n\r\nEnd.\r\n`],
  [
    "a folded block of YAML",
    (t) =>
      `token: >-\n${lines(t, 60)
        .map((l) => `    ${l}\n`)
        .join("")}other: value\n`,
  ],
  ["shell continuations", (t) => `TOKEN=${lines(t, 70).join("\\\n")}\necho done\n`],
  [
    "a sum of strings (JavaScript)",
    (t) =>
      `const t =\n  ${lines(t, 72)
        .map((l) => `"${l}"`)
        .join(" +\n  ")};\nrun(t);\n`,
  ],
  [
    "a sum of strings with the sign in front (Java)",
    (t) =>
      `String t = ${lines(t, 72)
        .map((l) => `"${l}"`)
        .join("\n    + ")};\n`,
  ],
  [
    "adjacent strings (Python)",
    (t) =>
      `t = (\n${lines(t, 72)
        .map((l) => `    '${l}'\n`)
        .join("")})\n`,
  ],
  [
    "dots that join strings (PHP)",
    (t) =>
      `$t = ${lines(t, 72)
        .map((l) => `'${l}'`)
        .join(" .\n  ")};\n`,
  ],
  [
    "comments",
    (t) =>
      `${lines(t, 66)
        .map((l) => `# ${l}\n`)
        .join("")}#\n# done\n`,
  ],
  [
    "slash comments",
    (t) =>
      `${lines(t, 66)
        .map((l) => `// ${l}\n`)
        .join("")}\nfoo();\n`,
  ],
  [
    "a log with times",
    (t) =>
      `${lines(t, 80)
        .map((l) => `2023-09-21T17:21:33.6471522Z ${l}\n`)
        .join("")}2023-09-21T17:21:34.0000000Z done\n`,
  ],
  ["escaped line feeds", (t) => `"body": "${lines(t, 76).join("\\n")}\\n-- end"\n`],
  [
    "a quoted mail",
    (t) =>
      `${lines(t, 70)
        .map((l) => `> ${l}\n`)
        .join("")}>\n> Regards\n`,
  ],
];
for (const [name, text] of wraps) {
  test(`a token wrapped by ${name} is found whole, with its place`, () => {
    for (const token of [hs256, rs256, jwe]) {
      const wrapped = text(token);
      const found = jwts(wrapped);
      assert.deepEqual(
        found.map((hit) => hit.secret),
        [token],
        wrapped,
      );
      assert.ok(found[0]!.raw.startsWith(token.slice(0, 40)) && found[0]!.raw.endsWith(token.slice(-1)));
    }
  });
}

test("a signature by a longer RSA key is neither cut at a dash nor at a line's end", () => {
  for (const size of [128, 256, 384, 512]) {
    const token = `${encode({ alg: "RS256" })}.${encode(CLAIMS)}.${Buffer.alloc(size, 0xfb).toString("base64url")}`;
    assertFinds(`token = "${token}"`, token);
    const [found] = jwts(`${lines(token, 64).join("\n")}\n\ndone\n`);
    assert.equal(found?.secret, token);
  }
});

test("a token at the end of its line does not take the next line with it", () => {
  for (const token of [hs256, rs256])
    assertFinds(`${token}\nabcdefghijklmnop0123456789ABCDEF\nnext_line_of_text_here\n`, token);
});

const NONE: [name: string, text: string][] = [
  ["a truncated example", "Bearer eyJ...9..."],
  ["a header and dots", `Authorization: Bearer ${encode({ alg: "HS256" })}...`],
  ["a header alone", `${encode({ alg: "HS256", typ: "JWT" })}`],
  ["a header and a payload without signature or dot", `${encode({ alg: "HS256", typ: "JWT" })}.${encode(CLAIMS)}`],
  ["a Flask session", `session=${encode({ user_id: 17, csrf: "x" })}.ZQ9vAQ.${mint("{{base64url 27}}", random)}`],
  [
    "a compressed Flask session",
    `session=.eJ${mint("{{base64url 60}}", random)}.ZQ9vAQ.${mint("{{base64url 27}}", random)}`,
  ],
  ["base64 of a JSON object", `data: ${encode({ name: "web", version: "1.2.3" })}`],
  [
    "three parts whose header is no JSON",
    `eyJ${mint("{{alnum 21}}", random)}.${encode(CLAIMS)}.${mint("{{base64url 43}}", random)}`,
  ],
  [
    "three parts whose header has no member of JOSE",
    `${encode({ a: 1, name: "x" })}.${encode(CLAIMS)}.${mint("{{base64url 43}}", random)}`,
  ],
];
for (const [name, text] of NONE) {
  test(`${name} is no JSON Web Token`, () => assert.deepEqual(jwts(text), []));
}

test("the samples of jwt.io are known by their claims", () => {
  const sample = mintJwt({ sub: "1234567890", name: "John Doe", iat: 1516239022 }, { alg: "HS256" });
  const [found] = jwts(`token = "${sample}"`);
  assert.equal(found?.secret, sample);
  const decoded = decoders.jwt!(sample, { parts: {} } as never);
  assert.match(decoded?.sample ?? "", /jwt\.io/);
});

/** As documentation signs them: with words, so that nobody need write the token here. */
const documented: [
  what: RegExp,
  header: Readonly<Record<string, unknown>>,
  claims: Readonly<Record<string, unknown>>,
  key: string,
][] = [
  [/PyJWT/, { alg: "HS256", typ: "JWT" }, { some: "payload" }, "secret"],
  [/PyJWT/, { typ: "JWT", alg: "HS256" }, { some: "payload" }, "secret"],
  [/HS384/, { alg: "HS384", typ: "JWT" }, { ...JOHN, admin: true, iat: 1516239022 }, "your-384-bit-secret"],
  [/HS512/, { alg: "HS512", typ: "JWT" }, { ...JOHN, admin: true, iat: 1516239022 }, "your-512-bit-secret"],
];
for (const [what, header, claims, key] of documented) {
  test(`the documented token of ${what.source}, ${Object.keys(header)[0]} first, is a sample by its hash`, () => {
    const signed = `${encode(header)}.${encode(claims)}`;
    const hash = what.source.startsWith("HS") ? `sha${what.source.slice(2)}` : "sha256";
    const sample = `${signed}.${createHmac(hash, key).update(signed).digest("base64url")}`;
    assert.match(jwts(`token = "${sample}"`)[0]?.demoted ?? "", what);
    const other = `${signed}.${createHmac(hash, `${key}!`).update(signed).digest("base64url")}`;
    assert.equal(jwts(`token = "${other}"`)[0]?.demoted, undefined);
  });
}

const base64 = (text: string): string => Buffer.from(text).toString("base64");
test("base64 of a token is found at the place of its base64", () => {
  for (const token of [hs256, rs256]) {
    const text = `data:\n  token: ${base64(token)}\n`;
    const [found] = jwts(text);
    assert.equal(found?.secret, token);
    assert.deepEqual(found?.encodings, ["base64"]);
    assert.ok(base64(token).startsWith(found!.raw) && found!.raw.length >= base64(token).replace(/=+$/, "").length - 1);
  }
});

test("base64 twice of a GitHub token, as in the logs of tj-actions, is found at its place", () => {
  const token = mint("ghs_{{crc32-base62 30}}", random);
  for (const before of ["", '"a":{"value":"b","isSecret":true}\n', "xy"]) {
    const inner = `${before}"github_token":{"value":"${token}","isSecret":true}`;
    const twice = base64(base64(inner));
    const text = `2025-03-14T23:59:59.1234567Z ##[group]changed-files\n2025-03-14T23:59:59.1234567Z    ${twice}\n2025-03-14T23:59:59.1234567Z ##[endgroup]\n`;
    const found = findIn(text).filter((hit) => hit.secret === token);
    assert.equal(found.length, 1);
    assert.deepEqual(found[0]!.encodings, ["base64", "base64"]);
    const from = found[0]!.start - text.indexOf(twice);
    const once = Buffer.from(twice.slice(from - (from % 4), from + found[0]!.raw.length + 4), "base64").toString();
    // The place is exact to the character: it covers the token's own, and at most one of a neighbour on each side.
    const lead = inner.indexOf(token);
    assert.ok(Math.abs(from - (lead * 16) / 9) <= 2, `${from} for ${lead}`);
    assert.ok(Math.abs(found[0]!.raw.length - (token.length * 16) / 9) <= 4);
    assert.ok(once.length > token.length);
  }
});

test("a token and the secrets in its claims are findings of their own", () => {
  const github = mint("ghp_{{crc32-base62 30}}", random);
  const token = mintJwt({ ...CLAIMS, upstream: github });
  for (const text of [`token=${token}\n`, `{"t":"${token}"}`]) {
    const found = findIn(text);
    assert.deepEqual(found.map((hit) => hit.rule).sort(), ["github-pat", "jwt"]);
    assert.equal(found.find((hit) => hit.rule === "github-pat")!.secret, github);
  }
});
