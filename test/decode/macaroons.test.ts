import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { test } from "node:test";
import { decodeFly } from "../../src/decode/fly.ts";
import { readMsgpack } from "../../src/decode/msgpack.ts";
import { decodePypi } from "../../src/decode/pypi.ts";
import { type Msgpack, msgpack } from "../mint/binary.ts";
import { facts, minted, traits } from "./hints.ts";

const account = { certainty: "structure", power: 4, breadth: "multi", reach: "mints", data: "internal" };
const project = { ...account, power: 3, breadth: "single" };

const tokens: readonly (readonly [
  what: string,
  template: string,
  hints: Record<string, unknown>,
  expires: number | "never",
])[] = [
  ["of an account (V27)", "{{mint pypi user}}", account, "never"],
  [
    "of one project for 15 minutes (V28)",
    "{{mint pypi project acme-lib 1788221700 1788220800}}",
    project,
    1_788_221_700,
  ],
  ["of the test index (V29)", "{{mint pypi-test user}}", { ...account, environment: "test" }, "never"],
];

for (const [what, template, hints, expires] of tokens) {
  test(`a PyPI token ${what}`, () => {
    const anatomy = decodePypi(minted(template));
    assert.deepEqual(traits(anatomy), hints);
    assert.equal(anatomy?.authority?.expires, expires);
  });
}

test("a PyPI token names its projects and index", () => {
  const { projects, index } = facts(decodePypi(minted("{{mint pypi project acme-lib}}")));
  assert.deepEqual([projects, index], ["acme-lib", "pypi.org"]);
  assert.equal(decodePypi("pypi-AgEIcHlwaS5vcmc"), undefined);
});

test("a Fly.io token names its organization and its end", () => {
  const anatomy = decodeFly(minted("{{mint fly 789516 5322411261}}"));
  assert.equal(facts(anatomy).org, "789516");
  assert.equal(anatomy?.authority?.expires, 5_322_411_261);
  assert.deepEqual(traits(anatomy), { certainty: "structure", power: 4, breadth: "multi", reach: "mints" });
});

test("a Fly.io token for one app, to read only", () => {
  const macaroon = (caveats: readonly Msgpack[]) =>
    `FlyV1 fm2_${msgpack([[0, 0, false], "x", caveats, Buffer.alloc(32)]).toString("base64")}`;
  const deploy = decodeFly(macaroon([0, [1, 31], 3, [new Map([[4124399, 31]])]]));
  assert.deepEqual([traits(deploy).power, traits(deploy).breadth, facts(deploy).apps], [3, "single", "4124399"]);
  const read = decodeFly(macaroon([0, [1, 1]]));
  assert.deepEqual([traits(read).power, traits(read).reach], [2, "secrets-likely"]);
});

const values: readonly (readonly [hex: string, value: Msgpack | undefined])[] = [
  ["93c0c2c3", [null, false, true]],
  ["81a16101", new Map([["a", 1]])],
  ["ff", -1],
  ["d1ff00", -256],
  ["cb3ff8000000000000", 1.5],
  ["c7020501ff", Buffer.from("0501ff", "hex")],
  ["d40102", Buffer.from("0102", "hex")],
  ["dc0002c0c0", [null, null]],
  ["dd7fffffff", undefined],
  ["91".repeat(40), undefined],
  ["", undefined],
];

for (const [hex, value] of values) {
  test(`MessagePack ${hex.slice(0, 20)}`, () => assert.deepEqual(readMsgpack(Buffer.from(hex, "hex")), value));
}
