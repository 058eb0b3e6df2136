import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { test } from "node:test";
import { crc32 as zlibCrc32 } from "node:zlib";
import { crc32 } from "../../src/checksum/crc32.ts";
import { hmacSha256, sha256 } from "../../src/checksum/sha256.ts";
import { seededRandom } from "../mint/mint.ts";

const random = seededRandom(7);
const bytes = (length: number) => Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)));

test("SHA-256, HMAC and CRC-32 are those of Node, at every length over three blocks", () => {
  for (let length = 0; length <= 200; length++) {
    const [key, text] = [bytes(length), bytes(length)];
    assert.deepEqual(sha256(text), createHash("sha256").update(text).digest());
    assert.deepEqual(hmacSha256(key, text), createHmac("sha256", key).update(text).digest());
    assert.equal(crc32(text), zlibCrc32(text));
  }
});

test("a long text has the same hash as from Node", () => {
  const text = bytes(100_003);
  assert.deepEqual(sha256(text), createHash("sha256").update(text).digest());
});
