import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { test } from "node:test";
import { checksum, checksumNames, marvin64, marvinRole } from "../../src/checksum/index.ts";
import { mint, seededRandom } from "../mint/mint.ts";

const hard: readonly (readonly [algorithm: string, template: string])[] = [
  ["github", "ghp_{{crc32-base62 30}}"],
  ["github", "ghs_{{crc32-base62 30}}"],
  ["github", "ghr_{{crc32-base62 70}}"],
  ["npm", "npm_{{crc32-base62 30}}"],
  ["vercel", "vcp_{{crc32-base62 50}}"],
  ["zuplo", "{{mint zuplo}}"],
  ["gitlab-routable", "{{mint gitlab-routable glpat v01}}"],
  ["gitlab-routable", "{{mint gitlab-routable glpat v0}}"],
  ["gitlab-routable", "{{mint gitlab-routable glrt-t1_}}"],
  ["azure-marvin32", "{{mint azure-key Default0 +ASt}}"],
  ["azure-marvin32", "{{mint azure-key MastRO00 ACDb}}"],
  ["azure-marvin32", "{{mint azure-key Master00 AzFu}}"],
  ["azure-marvin32", "{{mint azure-key Query000 AzSe}}"],
  ["azure-marvin32", "{{mint azure-key Access00 AzCa}}"],
  ["azure-marvin32", "{{mint azure-key ACRDflt0 +ACR}}"],
  ["azure-marvin32", "{{mint azure-key SendRecv AZEG}}"],
  ["ado-legacy", "{{mint ado-legacy user}}"],
  ["ado-legacy", "{{mint ado-legacy application}}"],
  ["age", "{{mint age-key}}"],
];

const soft: readonly (readonly [algorithm: string, template: string])[] = [
  ["cloudflare", "cfut_{{crc32-hex 40}}"],
  ["atlassian", "{{mint atlassian}}"],
  ["atlassian", "{{mint atlassian ATCTT3xFfGN0}}"],
  ["grafana", "{{mint grafana}}"],
  ["azure-cask", "{{mint azure-cask AZDO}}"],
  ["entra-password", "{{mint entra-secret}}"],
];

/** Another letter or digit of the same class in place of the one at `at`, or of the first one after it. */
function flipped(secret: string, at: number): string {
  const place = at + secret.slice(at).search(/[A-Za-z0-9]/);
  const next: Readonly<Record<string, string>> = {
    0: "2",
    A: "C",
    H: "J",
    N: "P",
    z: "y",
    Z: "Y",
    "9": "8",
    b: "c",
    7: "6",
    f: "e",
    F: "E",
  };
  const old = secret[place]!;
  const other = next[old] ?? String.fromCharCode(old.charCodeAt(0) + 1);
  return secret.slice(0, place) + other + secret.slice(place + 1);
}

for (const [algorithm, template] of hard) {
  test(`${algorithm}: ${template} fits, and does not with one character changed`, () => {
    for (let seed = 0; seed < 20; seed++) {
      const secret = mint(template, seededRandom(seed));
      assert.equal(checksum(algorithm, secret), "good");
      assert.equal(checksum(algorithm, flipped(secret, 20)), "bad");
    }
  });
}

for (const [algorithm, template] of soft) {
  test(`${algorithm}: ${template} fits, and a changed one proves nothing`, () => {
    for (let seed = 0; seed < 20; seed++) {
      const secret = mint(template, seededRandom(seed));
      assert.equal(checksum(algorithm, secret), "good");
      assert.equal(checksum(algorithm, flipped(secret, 20)), "none");
    }
  });
}

const silent: readonly (readonly [algorithm: string, template: string])[] = [
  ["github", "{{mint github-installation}}"],
  ["github", "github_pat_{{alnum 22}}_{{alnum 59}}"],
  ["github", "ghp_{{alnum 20}}"],
  ["gitlab-routable", "glpat-{{base64url 20}}"],
  ["azure-marvin32", "{{alnum 86}}=="],
  ["ado-legacy", "{{hex 52}}"],
  ["age", "AGE-SECRET-KEY-1{{digits 3}}"],
  ["constructor", "x"],
];

for (const [algorithm, template] of silent) {
  test(`${algorithm}: nothing is said of ${template}`, () => {
    assert.equal(checksum(algorithm, mint(template, seededRandom(7))), "none");
  });
}

test("every algorithm stays quiet and quick about hostile text", () => {
  const hostile = ["", "=".repeat(1000), "A".repeat(100_000), "glpat-".repeat(5000), "\u0000\uffff".repeat(2000)];
  for (const algorithm of checksumNames) {
    for (const text of hostile) assert.equal(checksum(algorithm, text), "none");
  }
});

const vectors: readonly (readonly [text: string, seed: bigint, hash: bigint])[] = [
  ["abc", 0xd53cd9cecd0893b7n, 0x22c74339492769bfn],
  ["abcdefghijklmnopqrstuvwxyz", 0x0ddddeeeeffff000n, 0xa128eb7e7260aca2n],
  ["", 0x004fb61a001bdbccn, 0x30ed35c100cd3c7dn],
];

for (const [text, seed, hash] of vectors) {
  test(`Marvin32 of "${text}" as in SymCrypt's vectors`, () => {
    assert.equal(marvin64(Buffer.from(text), seed), hash);
  });
}

test("the seed that fits names the role of an Azure key", () => {
  for (const [label, signature] of [
    ["MastRO00", "ACDb"],
    ["Query000", "AzSe"],
    ["Listen00", "+AEh"],
    ["GitKey00", "APIM"],
    ["DpsKey00", "AIoT"],
  ] as const) {
    assert.equal(marvinRole(mint(`{{mint azure-key ${label} ${signature}}}`, seededRandom(3))), label);
  }
});
