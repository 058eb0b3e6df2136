import assert from "node:assert/strict";
import { test } from "node:test";
import { checksum } from "../../src/checksum/index.ts";
import { formats } from "./formats.ts";
import { mint, seededRandom } from "./mint.ts";

const shapes: readonly (readonly [template: string, shape: RegExp])[] = [
  ["{{alnum 36}}", /^[A-Za-z0-9]{36}$/],
  ["{{hex 32}}{{HEX 8}}", /^[0-9a-f]{32}[0-9A-F]{8}$/],
  ["{{digits 10}} {{lower 16}} {{upper 20}} {{letters 34}}", /^\d{10} [a-z]{16} [A-Z]{20} [A-Za-z]{34}$/],
  ["{{lowalnum 20}} {{upalnum 16}}", /^[a-z0-9]{20} [A-Z0-9]{16}$/],
  ["{{base32 16}} {{base64 40}} {{base64url 43}}", /^[A-Z2-7]{16} [A-Za-z0-9+/]{40} [\w-]{43}$/],
  ["{{alnum 20-24}}", /^[A-Za-z0-9]{20,24}$/],
  ["{{uuid}}", /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/],
  ["sk_{{one live test}}_x", /^sk_(?:live|test)_x$/],
  [
    "{{pem RSA PRIVATE KEY}}",
    /^-----BEGIN RSA PRIVATE KEY-----\n(?:[A-Za-z0-9+/=]{1,64}\n)+-----END RSA PRIVATE KEY-----$/,
  ],
  ["{{jwt}}", /^eyJ[\w-]+\.eyJ[\w-]+\.[\w-]{43}$/],
  ["{{jwe}}", /^eyJ[\w-]+(?:\.[\w-]+){4}$/],
  ["{{jwt-none}}", /^eyJ[\w-]+\.eyJ[\w-]+\.$/],
  ["{{crc32-hex 40}}", /^[A-Za-z0-9]{40}[0-9a-f]{8}$/],
  ["{token: {{hex 4}}}", /^\{token: [0-9a-f]{4}\}$/],
  [`\${{ secrets.TOKEN }} {{ .Values.x }}`, /^\$\{\{ secrets\.TOKEN \}\} \{\{ \.Values\.x \}\}$/],
];

for (const [template, shape] of shapes) {
  test(`${template} makes what it says`, () => {
    for (let seed = 0; seed < 10; seed++) assert.match(mint(template, seededRandom(seed)), shape);
  });
}

test("a template inside base64 is filled, in JSON too", () => {
  const made = mint('{{b64 {"key":"[[hex 8]]"}}} {{b64url user:[[alnum 5]]}}', seededRandom(4));
  const [json, login] = made.split(" ").map((text) => Buffer.from(text, "base64").toString());
  assert.match(json!, /^\{"key":"[0-9a-f]{8}"\}$/);
  assert.match(login!, /^user:[A-Za-z0-9]{5}$/);
});

test("the same seed mints the same token, another seed another", () => {
  for (const name of Object.keys(formats)) {
    const [one, same, other] = [5, 5, 6].map((seed) => mint(`{{mint ${name}}}`, seededRandom(seed)));
    assert.equal(one, same);
    if (name !== "clerk") assert.notEqual(one, other, name);
  }
});

test("a mistake in a template is told, not minted", () => {
  for (const template of ["{{alnun 3}}", "{{alnum}}", "{{alnum x}}", "{{mint nothing}}"]) {
    assert.throws(() => mint(template, seededRandom(1)), /no such|is missing/);
  }
});

test("checksums fit the bodies they follow", () => {
  assert.equal(checksum("github", mint("ghp_{{crc32-base62 30}}", seededRandom(9))), "good");
  assert.equal(checksum("cloudflare", mint("cfut_{{crc32-hex 40}}", seededRandom(9))), "good");
});
