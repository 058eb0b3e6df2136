import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { deflateSync } from "node:zlib";
import { FAULTS, faultWords } from "../../src/kernel/faults.ts";
import { SLACK, Unpacker } from "../../src/kernel/history.ts";
import { Kernel } from "../../src/kernel/kernel.ts";
import type { Literal } from "../../src/kernel/layout.ts";
import * as layout from "../../src/kernel/layout.ts";
import { tablesOf } from "../../src/kernel/tables.ts";

const literals: Literal[] = [{ text: "password", id: 1, fold: true, check: "assigned" }];
const newKernel = () => new Kernel(tablesOf([{ text: "ghp_", id: 7 }], literals, ["api_key"]));

test("a text is scanned where it was inflated, as if it stood in the block", () => {
  const kernel = newKernel();
  const unpacker = new Unpacker(kernel, { memory: 64 << 20, input: 1 << 20 });
  const run = "a1".repeat(18);
  const text = Buffer.from(`ghp_${run}\napi_key = "${run}"\npassword = "x"\nPASSWORD 'y'\nghp_${run}`);
  const expected = kernel.candidates(kernel.block, text.copy(kernel.block.bytes));
  assert.equal(expected.length, 3 * 6);
  const packed = deflateSync(text);
  packed.copy(unpacker.input.bytes);
  for (let offset = 0; offset < 3; offset++) {
    // What stood in a buffer before says nothing: `-` and `%` next to the text would.
    const around = unpacker.push(300)!;
    unpacker.bytes(around).fill(offset === 0 ? "-" : "%");
    unpacker.pop(around);
    const into = unpacker.push(text.length)!;
    unpacker.bytes(into).fill("a");
    assert.equal(unpacker.inflate({ at: unpacker.input.base, size: packed.length }, into), text.length);
    assert.deepEqual(kernel.candidatesAt(into.at, into.at + into.size), expected);
  }
});

test("a part of a text is scanned with what stands before it, and offsets count from the text's start", () => {
  const kernel = newKernel();
  const run = "a1".repeat(18);
  const text = Buffer.from(`api_key = "${run}"\n${"-".repeat(9)}\napi_key = "${run}"\n api_key = "${run}"`);
  const all = kernel.candidates(kernel.block, text.copy(kernel.block.bytes));
  const { base } = kernel.block;
  const [first, second, third] = [all.slice(0, 3), all.slice(3, 6), all.slice(6)];
  assert.deepEqual(kernel.runsAt(base, base + second[0]!, base + second[1]!), second);
  assert.deepEqual(kernel.runsAt(base, base + second[0]!, base + text.length), Uint32Array.of(...second, ...third));
  assert.deepEqual(kernel.runsAt(base, base, base + second[0]!), first);
  // With the text starting at the run, no word speaks for it.
  assert.equal(kernel.runsAt(base + second[0]!, base + second[0]!, base + second[1]!).length, 0);
});

test("the memory grows up to its limit, rooms follow it, and what stands in it stays", () => {
  const kernel = newKernel();
  const text = Buffer.from(`ghp_${"a1".repeat(18)}`);
  const unpacker = new Unpacker(kernel, { memory: 64 << 20, input: 1 << 20 });
  const length = text.copy(kernel.block.bytes);
  const stale = kernel.block.bytes;
  const low = unpacker.push(1000)!;
  unpacker.bytes(low).fill(0x41);
  const high = unpacker.push(40 << 20)!;
  assert.equal(stale.length, 0, "the old view is gone");
  assert.ok(unpacker.bytes(low).every((byte) => byte === 0x41));
  assert.ok(high.at >= low.at + 1000 + SLACK);
  assert.equal(kernel.candidates(kernel.block, length).length, 3);
  assert.equal(unpacker.push(40 << 20), undefined, "more than the limit");
  assert.ok(kernel.memory.buffer.byteLength <= 64 << 20);
  unpacker.pop(high);
  assert.equal(unpacker.push(40 << 20)?.at, high.at, "what was popped is free");
  assert.throws(() => unpacker.pop({ at: 0, size: 0 }));
});

test("an unpacker that cannot have its room says so", () => {
  assert.throws(() => new Unpacker(newKernel(), { memory: 7 << 20, input: 1 << 20 }), /more than 7340032 bytes/);
});

test("both sides agree on where the history's bytes stand, on its slack, and on its faults", () => {
  const source = readFileSync("src/kernel/assembly/history-layout.ts", "utf8");
  const value = (name: string) => Number(new RegExp(`export const ${name}: \\w+ = (-?\\d+);`).exec(source)?.[1]);
  assert.equal(value("HISTORY"), layout.HISTORY);
  assert.match(readFileSync("scripts/wasm.mjs", "utf8"), new RegExp(`const HISTORY = ${layout.HISTORY};`));
  assert.equal(value("OUTPUT_SLACK"), SLACK);
  assert.ok(value("INPUT_SLACK") <= SLACK);
  const faults = [...source.matchAll(/export const (\w+): i32 = (-\d+);/g)].map(([, name, code]) => [
    name,
    Number(code),
  ]);
  assert.deepEqual(
    faults,
    Object.entries(FAULTS).map(([name, [code]]) => [name, code]),
  );
  assert.equal(new Set(faults.map(([, code]) => code)).size, faults.length);
  assert.match(faultWords(-7), /checksum/);
});
