import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeBiscuit } from "../../src/decode/biscuit.ts";
import { facts, minted, traits } from "./hints.ts";

const EXPIRES = 1_788_307_200;

test("a Biscuit tells its blocks, its root key, its rights, and the end that a check names", () => {
  const found = decodeBiscuit(minted(`{{mint biscuit open ${EXPIRES} admin}}`))!;
  const { "root key": root, blocks, sealed, version } = facts(found);
  assert.deepEqual([root, blocks, version], ["7", "2", "3"]);
  assert.match(sealed!, /^no/);
  assert.deepEqual(found.authority?.scopes, ["/a:read"]);
  assert.deepEqual(found.authority?.roles, ["admin"]);
  assert.equal(found.authority?.expires, EXPIRES);
  assert.equal(found.authority?.kind, "key");
  assert.deepEqual(traits(found), { certainty: "structure" });
});

test("a sealed one and one with a third party's block say so", () => {
  assert.equal(facts(decodeBiscuit(minted("{{mint biscuit sealed}}"))).sealed, "yes");
  assert.equal(facts(decodeBiscuit(minted("{{mint biscuit third-party}}")))["third-party blocks"], "1");
});

test("with the word before it, and in either alphabet, it is the same token", () => {
  const token = minted("{{mint biscuit}}");
  for (const text of [`biscuit:${token}`, token.replaceAll("-", "+").replaceAll("_", "/"), `${token}==`])
    assert.deepEqual(facts(decodeBiscuit(text)), facts(decodeBiscuit(token)));
});

test("a cut token, and other text in base64, is none", () => {
  const token = minted("{{mint biscuit}}");
  for (const text of [
    token.slice(0, -8),
    token.slice(4),
    minted("{{base64url 300}}"),
    "A".repeat(300),
    "Eg".repeat(20_000),
  ])
    assert.equal(decodeBiscuit(text), undefined);
});
