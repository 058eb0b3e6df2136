import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { parse } from "yaml";
import { Answers } from "../../src/detect/answers.ts";
import { hitsOf, nextVersion, type Version, wholeVersion } from "../../src/detect/versions.ts";
import { referenceChanges } from "../../src/kernel/changes-reference.ts";
import { Unpacker } from "../../src/kernel/history.ts";
import { LITERAL_REACH } from "../../src/kernel/layout.ts";
import type { WrittenRule } from "../../src/model/index.ts";
import { scanner } from "../detect/find.ts";
import { copyOf, sizeOf } from "../kernel/arbitrary.ts";
import { mint, seededRandom } from "../mint/mint.ts";

// The law (docs/architecture.md, "History"): what is found in a version by what changed is what is found in all of it.

const ROUNDS = Number(process.env.LEAKREACH_LAW_ROUNDS ?? 400);
const { plan } = scanner;
const unpacker = new Unpacker(plan.kernel, { memory: 128 << 20, input: 1 << 20 });
const random = seededRandom(Number(process.env.LEAKREACH_LAW_SEED ?? 99));
const upTo = (most: number) => Math.floor(random() * most);
const oneOf = <T>(list: readonly T[]): T => list[upTo(list.length)]!;

const examples = readdirSync("rules/providers")
  .filter((name) => name.endsWith(".yml"))
  .flatMap((name) => (parse(readFileSync(`rules/providers/${name}`, "utf8")) as { rules: WrittenRule[] }).rules)
  .flatMap((rule) => [...rule.examples, ...rule.negative_examples]);

const FILLER = [
  "const value = compute(first, second);\n",
  "// The quick brown fox jumps over the lazy dog\n",
  "import { thing } from './path/to/a/module/of/some/length.js';\n",
  "password = ",
  "token: ",
  "\n",
  "\\n",
  '"',
  " ",
  "://user:pass",
  "@host.internal/",
  "api_key=",
  "datadog ",
  "=",
  ".",
  "-----",
  "eyJ",
  "%3D",
  "\u001b[32m",
  "a1b2c3d4e5f6a7b8",
  "leakreach:allow",
  "\0",
  "k\0e\0y\0=\0",
];

/** Text as versions of files have it: lines, tokens, tokens in encodings, halves of all of these. */
function piece(): Buffer {
  const kind = random();
  if (kind < 0.5) return Buffer.from(oneOf(FILLER), "latin1");
  const minted = mint(oneOf(examples), random);
  const bytes = typeof minted === "string" ? Buffer.from(minted, "utf8") : Buffer.from(minted);
  if (kind < 0.6) return Buffer.from(bytes.toString("base64"), "latin1");
  if (kind < 0.64) return Buffer.from(encodeURIComponent(bytes.toString("latin1")), "latin1");
  if (kind < 0.68) return Buffer.from(JSON.stringify(bytes.toString("latin1")), "latin1");
  if (kind < 0.72) return Buffer.from(bytes.toString("base64").replace(/.{64}/g, "$&\n"), "latin1");
  if (kind < 0.82) return bytes.subarray(0, upTo(bytes.length + 1));
  return Buffer.concat([bytes, Buffer.from(oneOf(["\n", " ", '"', ";", ""]), "latin1")]);
}

const pieces = (most: number): Buffer => Buffer.concat(Array.from({ length: 1 + upTo(most) }, piece));

/** A delta that keeps most of a base, as git's do, and cuts it anywhere: in the middle of tokens, too. */
function deltaOf(base: Buffer): Buffer {
  const parts: number[] = [];
  let size = 0;
  const insert = (bytes: Buffer) => {
    for (let at = 0; at < bytes.length; at += 127) {
      const part = bytes.subarray(at, at + 127);
      parts.push(part.length, ...part);
      size += part.length;
    }
  };
  const copy = (from: number, to: number) => {
    for (let at = from; at < to; at += 60_000) {
      parts.push(...copyOf(at, Math.min(60_000, to - at)));
      size += Math.min(60_000, to - at);
    }
  };
  let at = 0;
  for (let changes = upTo(6); changes >= 0; changes--) {
    const to = Math.min(base.length, at + upTo(base.length - at + 1));
    if (to > at) copy(at, to);
    const kind = random();
    if (kind < 0.4) insert(pieces(2));
    else if (kind < 0.6) insert(Buffer.from(oneOf(["a", "1", "\n", '"', "=", "-", "x".repeat(30), "pat"]), "latin1"));
    else if (kind < 0.75 && base.length > 0) {
      const from = upTo(base.length);
      copy(from, Math.min(base.length, from + 1 + upTo(200)));
    }
    at = random() < 0.5 ? to : Math.min(base.length, to + upTo(60));
  }
  if (random() < 0.9 && at < base.length) copy(at, base.length);
  return Buffer.from([...sizeOf(base.length), ...sizeOf(size), ...parts]);
}

function shown(version: Version): string[] {
  return hitsOf(version)
    .map(
      ({ matcher, start, end, secret, encodings, only, assignedTo, parts }) =>
        `${start}-${end} ${matcher.id} ${only ?? ""} ${encodings.join()} ${assignedTo ?? ""} ${JSON.stringify(parts)} ${secret.length}`,
    )
    .sort();
}

test(`what is found by what changed is what is found in the whole, over ${ROUNDS} chains of versions`, () => {
  const answers = new Answers();
  let hits = 0;
  let reused = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const bottom = unpacker.push(0)!;
    let text = pieces(25);
    let held = unpacker.push(text.length)!;
    text.copy(unpacker.bytes(held));
    unpacker.bytes({ at: held.at, size: held.size + 64 }).fill(0, held.size);
    let version = wholeVersion(plan, { ...held, bytes: unpacker.bytes(held) }, { candidates: 0 });
    for (let step = 0; step < 6; step++) {
      const delta = deltaOf(text);
      const packed = unpacker.push(delta.length)!;
      delta.copy(unpacker.bytes(packed));
      const sizes = unpacker.deltaSizes(packed);
      assert.ok(typeof sizes === "object");
      const result = unpacker.push(sizes.result)!;
      assert.equal(unpacker.applyDelta(packed, held, result), sizes.result);
      const placed = { ...result, bytes: unpacker.bytes(result) };
      const effort = { candidates: 0, answers };
      const next = nextVersion(plan, placed, version, unpacker, effort);
      compareParts(placed.bytes, text.length, unpacker.copies, placed.at);
      const whole = wholeVersion(plan, placed, { candidates: 0 });
      assert.deepEqual(shown(next), shown(whole), `round ${round}, step ${step}`);
      assert.deepEqual(
        next.starts.map((start, i) => [start, next.settled[i]!.length, next.settled[i]!.kind]),
        whole.starts.map((start, i) => [start, whole.settled[i]!.length, whole.settled[i]!.kind]),
      );
      hits += next.hits;
      if (effort.candidates < next.starts.length) reused++;
      [version, held, text] = [next, result, Buffer.from(placed.bytes)];
    }
    unpacker.pop(bottom);
  }
  assert.ok(hits > ROUNDS, "the texts hold tokens");
  assert.ok(reused > ROUNDS, "answers are carried over");
});

function compareParts(text: Buffer, baseSize: number, copies: Uint32Array, at: number): void {
  const { zero } = plan.kernel.changed(at, text.length, baseSize, copies.length / 3);
  const { runs, literals } = plan.kernel.changedParts();
  const reach = new DataView(plan.kernel.memory.buffer).getUint32(LITERAL_REACH, true);
  const expected = referenceChanges(text, baseSize, copies, reach);
  assert.deepEqual({ runs: [...runs], literals: [...literals] }, expected);
  let end = 0;
  let fresh = false;
  for (let i = 0; i <= copies.length; i += 3) {
    const start = i < copies.length ? copies[i]! : text.length;
    fresh ||= text.subarray(end, start).includes(0);
    end = start + (copies[i + 2] ?? 0);
  }
  assert.equal(zero, fresh);
}
