import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { test } from "node:test";
import { decodeBasicAuth, decodeDockerConfig, decodeNpm, decodeUrlUserinfo } from "../../src/decode/login.ts";
import { facts, minted, traits } from "./hints.ts";

const database = { breadth: "service", reach: "secrets-likely" };

const urls: readonly (readonly [url: string, hints: Record<string, unknown>])[] = [
  ["postgres://app:pw@db.acme.io:5432/shop", { power: 3, ...database }],
  ["postgresql://postgres:pw@db.acme.io/shop", { power: 4, ...database }],
  ["mongodb+srv://root:pw@c0.mongodb.net/x", { power: 4, ...database }],
  ["mysql://app:pw@localhost/shop", { power: 3, ...database, environment: "test" }],
  ["redis://:pw@10.1.2.3:6379/0", { power: 3, ...database, possession: "network-bound" }],
  ["mysql://app:pw@db/shop", { power: 3, ...database, possession: "network-bound" }],
  ["amqp://svc:pw@mq.acme.local/", { power: 3, breadth: "service", possession: "network-bound" }],
  ["https://x-access-token:pw@github.com/o/r", { power: 3, breadth: "multi", reach: "secrets-likely" }],
  ["https://bob:pw@api.acme.example/", { environment: "test" }],
  ["https://bob:pw@acme.io/", {}],
];

for (const [url, hints] of urls) {
  test(`a password in ${url.replace("pw", "…")}`, () => assert.deepEqual(traits(decodeUrlUserinfo(url, {})), hints));
}

test("the password alone is placed by the parts beside it", () => {
  const anatomy = decodeUrlUserinfo("pw", { scheme: "postgres", user: "sa", host: "127.0.0.1", path: "/shop" });
  assert.deepEqual(traits(anatomy), { power: 4, ...database, environment: "test" });
  assert.deepEqual(facts(anatomy), { scheme: "postgres", host: "127.0.0.1", user: "sa", database: "shop" });
});

test("a token in the place of the user is never shown", () => {
  const token = minted("ghp_{{crc32-base62 30}}");
  const inUrl = decodeUrlUserinfo(`https://${token}:x-oauth-basic@github.com/o/r`, {});
  const inHeader = decodeBasicAuth(Buffer.from(`${token}:`).toString("base64"), {});
  for (const anatomy of [inUrl, inHeader]) assert.ok(!JSON.stringify(anatomy).includes(token));
});

test("a basic login tells its user, and what stands behind a well-known one", () => {
  assert.deepEqual(facts(decodeBasicAuth(Buffer.from("bob:pw").toString("base64"), {})), { user: "bob" });
  const aws = decodeBasicAuth(`Basic ${Buffer.from("AWS:pw").toString("base64")}`, {});
  assert.deepEqual(traits(aws), { power: 3, breadth: "multi", reach: "mints", life: "24h" });
  assert.equal(decodeBasicAuth(Buffer.from([1, 58, 2]).toString("base64"), {}), undefined);
});

test("a Docker configuration names registries and users", () => {
  assert.deepEqual(facts(decodeDockerConfig(minted("{{mint docker-auth registry.acme.io ci}}"), {})), {
    registry: "registry.acme.io",
    user: "ci",
  });
  assert.equal(traits(decodeDockerConfig(minted("{{mint docker-auth localhost}}"), {})).environment, "test");
  assert.equal(traits(decodeDockerConfig(minted("{{mint docker-auth eu.gcr.io _json_key}}"), {})).power, 4);
  const two = { auths: { "https://index.docker.io/v1/": { auth: "YTpi" }, "ghcr.io": { auth: "YTpi" } } };
  assert.equal(traits(decodeDockerConfig(JSON.stringify(two), {})).breadth, "multi");
});

test("an npm token tells its registry when that stands beside it", () => {
  assert.equal(facts(decodeNpm("abc", { host: "npm.acme.io" })).registry, "npm.acme.io");
  assert.equal(traits(decodeNpm("abc", { host: "localhost" })).environment, "test");
  assert.equal(facts(decodeNpm(minted("npm_{{crc32-base62 30}}"), {})).provider, "npm");
});
