import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { test } from "node:test";
import fc from "fast-check";
import { detect } from "../../src/detect/detector.ts";
import { mint, seededRandom } from "../mint/mint.ts";
import { findIn, scanner } from "./find.ts";

const random = seededRandom(4648);
const token = mint("ghp_{{crc32-base62 30}}", random);

const hexOf = (text: string): string => Buffer.from(text).toString("hex");
const base64 = (text: string): string => Buffer.from(text).toString("base64");
const signs = (text: string, to: (sign: string) => string): string => text.replace(/[^A-Za-z0-9_]/g, to);
const code = (sign: string): string => sign.charCodeAt(0).toString(16).padStart(2, "0");

/** An encoding, and the way back from a piece of what it makes. */
interface Encoding {
  readonly name: string;
  readonly view: string;
  readonly encode: (text: string) => string;
}
const encodings: readonly Encoding[] = [
  { name: "base64", view: "base64", encode: base64 },
  { name: "base64 without padding", view: "base64", encode: (text) => base64(text).replace(/=+$/, "") },
  { name: "base64url", view: "base64", encode: (text) => Buffer.from(text).toString("base64url") },
  { name: "base64 of 76 columns", view: "base64", encode: (text) => base64(text).replace(/.{76}(?=.)/g, "$&\n") },
  {
    name: "base64 of 64 columns, CR LF",
    view: "base64",
    encode: (text) => base64(text).replace(/.{64}(?=.)/g, "$&\r\n"),
  },
  {
    name: "base64 of 60 columns, indented",
    view: "base64",
    encode: (text) => base64(text).replace(/.{60}(?=.)/g, "$&\n    "),
  },
  {
    name: "base64 with escaped line feeds",
    view: "base64",
    encode: (text) => base64(text).replace(/.{76}(?=.)/g, "$&\\n"),
  },
  ...[
    ["in strings that are added", '" +\n    "'],
    ["in strings that stand side by side", '"\n  "'],
    ["in strings with their line feeds, added in front", '\\n"\n  + "'],
  ].map(([how, between]) => ({
    name: `base64 of 64 columns ${how}`,
    view: "base64",
    encode: (text: string) => base64(text).replace(/.{64}(?=.)/g, `$&${between}`),
  })),
  {
    name: "base64 of UTF-16 (PowerShell)",
    view: "base64",
    encode: (text) => Buffer.from(text, "utf16le").toString("base64"),
  },
  { name: "hexadecimal", view: "hex", encode: hexOf },
  { name: "hexadecimal in capitals", view: "hex", encode: (text) => hexOf(text).toUpperCase() },
  { name: "percent", view: "escapes", encode: (text) => encodeURIComponent(text) },
  { name: "\\uXXXX", view: "escapes", encode: (text) => signs(text, (sign) => `\\u00${code(sign)}`) },
  { name: "\\xXX", view: "escapes", encode: (text) => signs(text, (sign) => `\\x${code(sign)}`) },
  { name: "&#NN;", view: "escapes", encode: (text) => signs(text, (sign) => `&#${sign.charCodeAt(0)};`) },
  { name: "&#xNN;", view: "escapes", encode: (text) => signs(text, (sign) => `&#x${code(sign)};`) },
];

const PLAIN = `user=svc&token=${token}&scope=read (all of it) and some more text to fill lines`;
for (const { name, encode } of encodings) {
  test(`a token is found in ${name}, at its place`, () => {
    for (const before of ["data: ", 'x = "', "", "https://acme.test/?q="]) {
      const text = `first line\n${before}${encode(PLAIN)}"\nlast line\n`;
      const found = findIn(text, "app.log").filter((hit) => hit.secret === token);
      assert.equal(found.length, 1, text);
      assert.ok(found[0]!.start >= text.indexOf(before) && found[0]!.end < text.length);
    }
  });
}

/** A raw span without what stands between its lines. */
const unbroken = (raw: string): string => raw.replace(/(?:\\n)?"\s*\+?\s*"|\\r|\\n|\s/g, "");

/** A raw span of base64 decodes to something that holds the secret, once its start is moved to the edge of four characters. */
function holds(raw: string, secret: string, wide: boolean): boolean {
  const bare = unbroken(raw);
  return [0, 1, 2, 3].some((lead) => {
    const bytes = Buffer.from("A".repeat(lead) + bare, "base64");
    const inner = secret.slice(1, -1);
    return bytes.includes(wide ? Buffer.from(inner, "utf16le") : Buffer.from(inner));
  });
}

const words = fc.string({ unit: fc.constantFrom(..."abc XYZ019 .,;:-_/é"), minLength: 0, maxLength: 200 });
for (const { name, view, encode } of encodings.filter((encoding) => encoding.view !== "escapes")) {
  test(`the place of a secret in ${name} decodes to it, wherever it stands`, () => {
    fc.assert(
      fc.property(words, words, (before, after) => {
        const body = encode(`config of ${before} token=${token} ${after}`);
        const text = `blob:\n  ${body}\n\nend\n`;
        const found = findIn(text).find((hit) => hit.secret === token);
        assert.ok(found, text);
        assert.equal(found.encodings.at(-1), view);
        if (view === "hex") assert.equal(Buffer.from(found.raw, "hex").toString(), token);
        else assert.ok(holds(found.raw, token, name.includes("UTF-16")), found.raw);
        // Not wider than the secret's own characters and one group on each side.
        const ratio = view === "hex" ? 2 : name.includes("UTF-16") ? 8 / 3 : 4 / 3;
        assert.ok(unbroken(found.raw).length <= Math.ceil(token.length * ratio) + 3, found.raw);
      }),
      { numRuns: 150 },
    );
  });
}

for (const { name, view, encode } of encodings.filter((encoding) => encoding.view === "escapes")) {
  test(`the place of a secret behind ${name} is the secret itself`, () => {
    fc.assert(
      fc.property(words, words, (before, after) => {
        const text = `q=${encode(`${before};token=`)}${token}${encode(`; ${after}`)}\n`;
        const found = findIn(text, "app.log").find((hit) => hit.secret === token);
        assert.ok(found, text);
        assert.equal(found.raw, token, view);
      }),
      { numRuns: 150 },
    );
  });
}

test("random layers of encodings are taken off, and the place lies inside them", () => {
  const layers = fc.array(fc.constantFrom(...encodings.filter((e) => e.name !== "percent" && e.view !== "escapes")), {
    minLength: 2,
    maxLength: 3,
  });
  fc.assert(
    fc.property(layers, words, (stack, before) => {
      const body = stack.reduce((text, { encode }) => encode(text), `config of ${before} token=${token} and more text`);
      const text = `start of it\n\n  ${body}\n\nend\n`;
      const found = findIn(text).find((hit) => hit.secret === token);
      assert.ok(found, `${stack.map((layer) => layer.name).join(" in ")}: ${text.slice(0, 200)}`);
      assert.equal(found.encodings.length, stack.length);
      const from = text.indexOf(body);
      assert.ok(found.start >= from && found.end <= from + body.length);
    }),
    { numRuns: 200 },
  );
});

test("four layers are looked through, five are not", () => {
  const wrap = (depth: number): string => {
    let text = `token=${token}\n`;
    for (let i = 0; i < depth; i++) text = base64(text);
    return text;
  };
  assert.equal(findIn(wrap(4)).filter((hit) => hit.secret === token).length, 1);
  assert.deepEqual(findIn(wrap(5)), []);
});

test("text that only looks encoded gives nothing", () => {
  for (const text of [
    mint("sha256-{{base64 43}}= and {{hex 64}}", random),
    `icon: ${Buffer.from(Array.from({ length: 600 }, () => Math.floor(random() * 256))).toString("base64")}`,
    "%20%20%20abcdefgh12345678%20",
    "\\u0041\\u0042abcdefgh12345678",
  ])
    assert.deepEqual(findIn(text, "a.log"), []);
});

test("a long encoded text is read in pieces, a token at any place of it", () => {
  const line = "some configuration text with words; ";
  for (const at of [0, 600_000, 674_990, 675_000, 1_200_000]) {
    const plain = `${line.repeat(1 + at / line.length).slice(0, at)} token=${token} ${line.repeat(2_000)}`;
    const found = findIn(`x: ${base64(plain)}\n`).filter((hit) => hit.secret === token);
    assert.equal(found.length, 1, `at ${at}`);
    assert.ok(holds(found[0]!.raw, token, false), `at ${at}`);
  }
});

test("a block full of text encoded four times stays within the budget", () => {
  const { bytes } = scanner.plan.kernel.block;
  let body = "plain words that say nothing at all, again and again; ".repeat(24_000);
  for (let layer = 0; layer < 4; layer++) body = base64(body);
  const length = bytes.write(body.slice(0, 4_000_000), "latin1");
  const found = detect(scanner.plan, length, "a.txt");
  assert.equal(found.cut, undefined);
  assert.deepEqual(found.hits, []);
});

test("a short login is found in base64", () => {
  const login = `password=${mint("{{letters 4}}{{digits 2}}", seededRandom(3))}`;
  const found = findIn(`data: ${base64(login)}\n`);
  assert.deepEqual(
    found.map((hit) => [hit.secret, hit.encodings]),
    [[login.slice(9), ["base64"]]],
  );
});

test("more encoded text than the bound is said to be left out, and what was found before stands", () => {
  const { bytes } = scanner.plan.kernel.block;
  const text = `a: ${token}\n${`b: ${base64(PLAIN)}\n`.repeat(20)}`;
  const within = (budget?: number) => {
    const { hits, cut } = detect(scanner.plan, bytes.write(text, "latin1"), "a.txt", budget);
    return { tokens: hits.filter((hit) => hit.matcher.id === "github-pat").length, cut };
  };
  assert.deepEqual(within(), { tokens: 21, cut: undefined });
  const { tokens, cut } = within(5 * PLAIN.length);
  assert.equal(tokens, 6);
  assert.match(cut ?? "", /more encoded text/);
});
