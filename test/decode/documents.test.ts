import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { test } from "node:test";
import { decodeGcpServiceAccount, decodeGcsSignedUrl } from "../../src/decode/google.ts";
import { decodeJwk } from "../../src/decode/jwk.ts";
import { decodeKubeconfig } from "../../src/decode/kubeconfig.ts";
import { decodePem } from "../../src/decode/pem.ts";
import { decodeSshKey } from "../../src/decode/ssh.ts";
import { facts, minted, traits } from "./hints.ts";

const NOW = 1_788_220_800;

test("a Google service account file names project, account and key", () => {
  const anatomy = decodeGcpServiceAccount(minted("{{mint gcp-service-account acme-prod}}"), {});
  const { project, account, universe } = facts(anatomy);
  assert.deepEqual(
    [project, account, universe],
    ["acme-prod", "deploy@acme-prod.iam.gserviceaccount.com", "googleapis.com"],
  );
  assert.deepEqual(traits(anatomy), { certainty: "structure" });
  assert.equal(anatomy?.authority?.expires, "never");
});

test("the private key alone is named by the e-mail beside it", () => {
  const anatomy = decodeGcpServiceAccount(minted("{{pem PRIVATE KEY}}"), {
    client_email: "ci@acme-prod.iam.gserviceaccount.com",
  });
  assert.equal(facts(anatomy).project, "acme-prod");
  assert.deepEqual(traits(anatomy), { certainty: "structure" });
});

test("a cut-off file still gives its fields", () => {
  const cut = minted("{{mint gcp-service-account acme-prod}}").slice(0, 900);
  const anatomy = decodeGcpServiceAccount(cut, { client_email: "ci@acme-prod.iam.gserviceaccount.com" });
  assert.equal(facts(anatomy).project, "acme-prod");
});

test("a person's Google login can be renewed, and a federation file holds no secret", () => {
  assert.equal(traits(decodeGcpServiceAccount(minted("{{mint gcp-authorized-user}}"), {})).refresh, true);
  assert.equal(traits(decodeGcpServiceAccount('{"type":"external_account","audience":"//iam"}', {})).power, 0);
});

test("a signed URL of Cloud Storage is one object until its date", () => {
  const anatomy = decodeGcsSignedUrl(minted("{{mint gcs-signed-url 3600}}"));
  assert.equal(anatomy?.authority?.expires, NOW + 3600);
  assert.equal(facts(anatomy).bucket, "acme-reports");
  assert.equal(traits(anatomy).power, 2);
});

test("a kubeconfig of system:masters controls the cluster until its certificate ends (V39)", () => {
  const anatomy = decodeKubeconfig(minted("{{mint kubeconfig masters}}"), {});
  assert.deepEqual(traits(anatomy), {
    certainty: "structure",
    power: 5,
    breadth: "multi",
    reach: "mints",
    data: "confidential",
  });
  assert.equal(anatomy?.authority?.expires, NOW + 300 * 86_400);
  assert.equal(facts(anatomy).groups, "system:masters");
});

test("the certificate alone decodes, and other groups stay at the rule's default", () => {
  const whole = minted("{{mint kubeconfig user}}");
  const certificate = /client-certificate-data: (\S+)/.exec(whole)![1]!;
  for (const text of [whole, certificate])
    assert.deepEqual(traits(decodeKubeconfig(text, {})), { certainty: "structure" });
  assert.equal(facts(decodeKubeconfig(whole, {})).user, "kubernetes-admin");
});

const clusters: readonly (readonly [host: string, hints: Record<string, unknown>])[] = [
  ["127.0.0.1", { environment: "test" }],
  ["10.0.0.5", { possession: "network-bound" }],
  ["api.acme.io", {}],
];

for (const [host, hints] of clusters) {
  test(`a cluster at ${host}`, () => {
    assert.deepEqual(traits(decodeKubeconfig(minted(`{{mint kubeconfig token ${host}}}`), {})), hints);
  });
}

test("an open SSH key tells type, comment and fingerprint", () => {
  const anatomy = decodeSshKey(minted("{{mint ssh-ed25519 ci@build}}"));
  const { kind, encrypted, comment, fingerprint } = facts(anatomy);
  assert.deepEqual([kind, encrypted, comment], ["ssh-ed25519", "no", "ci@build"]);
  assert.match(fingerprint!, /^SHA256:[A-Za-z0-9+/]{43}$/);
  assert.deepEqual(traits(anatomy), { certainty: "structure" });
});

test("an encrypted SSH key is partial, also when written in one line", () => {
  const secret = minted("{{mint ssh-ed25519 ci@build encrypted}}");
  for (const text of [secret, secret.replaceAll("\n", "\\n")]) {
    assert.deepEqual(traits(decodeSshKey(text)), { certainty: "structure", possession: "partial" });
    assert.equal(facts(decodeSshKey(text)).comment, undefined);
  }
});

const pems: readonly (readonly [template: string, hints: Record<string, unknown>])[] = [
  ["{{pem RSA PRIVATE KEY}}", { certainty: "structure" }],
  ["{{pem EC PRIVATE KEY}}", { certainty: "structure" }],
  ["{{pem ENCRYPTED PRIVATE KEY}}", { certainty: "structure", possession: "partial" }],
  ["{{mint pem-encrypted}}", { possession: "partial" }],
  ["{{pem PGP PRIVATE KEY BLOCK}}", {}],
];

for (const [template, hints] of pems) {
  test(`${template} decodes`, () => {
    const { certainty, ...rest } = traits(decodePem(minted(template)));
    const { certainty: expected, ...others } = hints;
    assert.deepEqual(rest, others);
    if (expected) assert.equal(certainty, expected);
  });
}

test("a private JSON Web Key signs any token of its issuer, alone or in a set", () => {
  for (const type of ["RSA", "EC", "oct", "OKP"]) {
    const key = minted(`{{mint jwk-private ${type}}}`);
    for (const text of [key, `{"keys":[${key}]}`]) {
      assert.deepEqual(traits(decodeJwk(text)), {
        certainty: "structure",
        power: 5,
        reach: "mints",
        data: "confidential",
      });
    }
  }
  assert.equal(traits(decodeJwk(minted("{{mint jwk-private EC enc}}"))).power, 3);
  assert.equal(traits(decodeJwk('{"keys":[{"kty":"EC","crv":"P-256","x":"a","y":"b"}]}')).publicByDesign, true);
  assert.equal(decodeJwk(Buffer.from("{}").toString()), undefined);
});
