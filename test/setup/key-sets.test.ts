import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { type Finding, scan } from "../../src/index.ts";

const root = mkdtempSync(join(tmpdir(), "leakreach-keys-"));
after(() => rmSync(root, { recursive: true, force: true }));

const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });

async function token(issuer: string): Promise<string> {
  return new SignJWT({ scope: "orders:read", sub: "svc" })
    .setProtectedHeader({ alg: "ES256", kid: "k1" })
    .setIssuer(issuer)
    .setExpirationTime("1h")
    .sign(privateKey);
}

test("the JWK set of an issuer in the settings proves that issuer's tokens, and no other's", async () => {
  writeFileSync(join(root, "keys.json"), JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: "k1" }] }));
  writeFileSync(join(root, ".leakreach.yml"), "issuers: [{match: 'https://login.acme.io/', jwks: keys.json}]\n");
  writeFileSync(join(root, "own.txt"), await token("https://login.acme.io/"));
  writeFileSync(join(root, "other.txt"), await token("https://login.other.io/"));
  const certainty = new Map<string, string>();
  for await (const event of scan({ paths: [root] })) {
    if (event.type === "finding") certainty.set(event.finding.exposures[0].provenance.path, certaintyOf(event.finding));
  }
  assert.deepEqual(Object.fromEntries(certainty), { "own.txt": "verified", "other.txt": "structure" });
});

const certaintyOf = (finding: Finding): string =>
  finding.reach.factors.find(({ name }) => name === "certainty")?.value ?? "";
