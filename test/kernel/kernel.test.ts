import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { Kernel } from "../../src/kernel/kernel.ts";
import * as layout from "../../src/kernel/layout.ts";
import { type Candidate, KIND_MASK, type Literal, type Prefix } from "../../src/kernel/layout.ts";
import { referenceCandidates } from "../../src/kernel/reference.ts";
import { tablesOf } from "../../src/kernel/tables.ts";

const prefixes: Prefix[] = ["ghp_", "ghp_x", "AKIA", "eyJ", "sk-ant-", "hf_", "a1b"].map((text, id) => ({ text, id }));
const literals: Literal[] = [
  { text: "-----begin", id: 1, fold: true, check: "none" },
  { text: "passw", id: 2, fold: true, check: "assigned" },
  { text: "://", id: 3, fold: false, check: "userinfo" },
  { text: "ACDb", id: 4, fold: false, check: "none" },
  { text: "8Q~", id: 5, fold: false, check: "none" },
  { text: "secret", id: 6, fold: true, check: "assigned" },
];
const words = ["api_key", "token", "datadog", "pat"];
const kernel = new Kernel(tablesOf(prefixes, literals, words));

function find(bytes: Uint8Array, offset: number): Candidate[] {
  const room = kernel.block;
  room.bytes.fill(0x2e, 0, offset);
  // A line feed keeps what stands before from joining the text.
  if (offset) room.bytes[offset - 1] = 10;
  room.bytes.set(bytes, offset);
  const list = kernel.candidates(room, offset + bytes.length);
  const found: Candidate[] = [];
  for (let i = 0; i < list.length; i += 3) {
    found.push({ start: list[i]! - offset, end: list[i + 1]! - offset, kind: list[i + 2]! });
  }
  return found.filter((c) => c.start >= 0);
}

const byKind = (list: Candidate[], literal: boolean) =>
  list.filter((c) => ((c.kind & KIND_MASK) === layout.KIND_LITERAL) === literal);

function compareAtEveryAlignment(text: string): void {
  const bytes = Buffer.from(text, "latin1");
  const expected = referenceCandidates(bytes, prefixes, literals, words);
  for (let offset = 0; offset < 17; offset++) {
    const found = find(bytes, offset);
    assert.deepEqual(byKind(found, false), byKind(expected, false), `runs at alignment ${offset}`);
    assert.deepEqual(byKind(found, true), byKind(expected, true), `literals at alignment ${offset}`);
  }
}

const pieces = fc.oneof(
  fc.constantFrom(
    "ghp_",
    "ghp_x",
    "AKIA",
    "eyJ",
    "hf_",
    "sk-ant-",
    "\\n",
    "\\u003d",
    "\\x3d",
    "%3D",
    "\x1b[32m",
    "\x1b[0;1m",
    "[K",
    "password",
    "PASSWD",
    "secret",
    " = ",
    '": "',
    "--",
    "://",
    "user:pw@",
    "-----BEGIN",
    "ACDb",
    "8Q~",
    "\n",
    " ",
    '"',
    "=",
    "/",
    "+",
    "_",
    ".",
    "~",
    "\x7f",
    "\xff",
    "@",
    "(",
  ),
  fc.constantFrom(
    "api-key",
    "api-key ",
    "--api-key ",
    "x token ",
    "a b",
    "API_KEY",
    "Token: ",
    "datadog",
    "p.a.t",
    "\t",
    "&",
    "%41",
  ),
  fc.string({ maxLength: 60 }).map((text) => Buffer.from(text).toString("base64")),
  fc.string({ maxLength: 30 }).map((text) => Buffer.from(text, "utf16le").toString("base64url")),
  fc.string({ maxLength: 30 }).map((text) => Buffer.from(text).toString("hex")),
  fc.stringMatching(/^[a-zA-Z0-9]{1,24}$/),
  fc.stringMatching(/^[ -~]{0,12}$/),
);

test("the kernel finds what its slow twin finds, at every alignment", () => {
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => compareAtEveryAlignment(parts.join(""))),
    { numRuns: 400 },
  );
});

/** A word, some way off, then a sign and a value of about the least length and mix that counts. */
const nearly = fc
  .tuple(
    fc.constantFrom("token", "API-key", "datadog", "pat", "none"),
    fc.integer({ min: 0, max: 90 }),
    fc.constantFrom(
      " = ",
      ': "',
      "=",
      " ",
      "--x ",
      " jwt ",
      "(",
      ";",
      "\x1b[32m",
      "= \x1b[1;31m",
      "%41",
      "\\x41",
      "%====",
      "\\ : = :",
    ),
    fc.integer({ min: 0, max: 9 }),
    fc.integer({ min: 1, max: 4 }),
    fc.constantFrom("-", "/", "+", "_", "."),
    fc.integer({ min: 8, max: 20 }),
    fc.constantFrom("", "     %", "      &", "\\"),
  )
  .map(
    ([word, gap, sign, letters, digits, join, more, after]) =>
      `${word}${" :".repeat(gap).slice(0, gap)}${sign}${"k".repeat(letters)}${"7".repeat(digits)}${join}${"q".repeat(more)}${after}`,
  );

test("the kernel and its slow twin agree on runs that nearly count", () => {
  fc.assert(
    fc.property(nearly, (text) => compareAtEveryAlignment(text)),
    { numRuns: 3000 },
  );
});

test("the kernel finds what its slow twin finds in arbitrary bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) =>
      compareAtEveryAlignment(Buffer.from(bytes).toString("latin1")),
    ),
    { numRuns: 200 },
  );
});

const cases: [name: string, text: string, starts: number[]][] = [
  ["a prefix at the start of a run", `x="ghp_${"a1".repeat(18)}"`, [3]],
  ["a prefix after a sign", `TOKEN=ghp_${"a1".repeat(18)}`, [6]],
  ["no prefix inside a word", `xghp_${"a1".repeat(18)}`, []],
  ["a prefix after an escaped line feed", `\\nghp_${"a1".repeat(18)}`, [2]],
  ["a prefix after a percent escape", `%3Dghp_${"a1".repeat(18)}`, [3]],
  ["a prefix after a colour", `\x1b[32mghp_${"a1".repeat(18)}`, [5]],
];
for (const [name, text, starts] of cases) {
  test(`the kernel: ${name}`, () => {
    const found = find(Buffer.from(text, "latin1"), 0).filter((c) => (c.kind & KIND_MASK) === layout.KIND_PREFIX);
    assert.deepEqual(
      found.map((c) => c.start),
      starts,
    );
  });
}

test("a text with more candidates than the kernel's list holds is gone through to its end", () => {
  const text = `${`ghp_${"a1".repeat(6)} `.repeat(70_000)}`;
  const list = kernel.candidates(kernel.block, kernel.block.bytes.write(text, "latin1"));
  assert.equal(list.length / 3, 70_000);
});

test("both sides agree on where things stand in memory", () => {
  const source = readFileSync("src/kernel/assembly/layout.ts", "utf8");
  for (const [, name, value] of source.matchAll(/export const (\w+): (?:usize|u32) = (\w+);/g)) {
    const own = (layout as Record<string, unknown>)[name!];
    if (own !== undefined) assert.equal(own, Number(value), name);
  }
});
