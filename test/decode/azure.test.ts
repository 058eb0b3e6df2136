import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeAdo, decodeAzureCask, decodeEntraPassword } from "../../src/decode/azure-cask.ts";
import { decodeAzureKey, decodeAzureStorage } from "../../src/decode/azure-key.ts";
import { decodeAzureSas } from "../../src/decode/azure-sas.ts";
import { facts, minted, traits } from "./hints.ts";

const cosmos = { breadth: "service", reach: "secrets-likely", data: "confidential" };
const plain = { breadth: "service", reach: "none", data: "internal" };

const keys: readonly (readonly [label: string, signature: string, hints: Record<string, unknown>, reason: string])[] = [
  ["MastRO00", "ACDb", { power: 2, ...cosmos }, "read-only key (checksum seed MastRO00)"],
  ["MastRW00", "ACDb", { power: 4, ...cosmos }, "read-write key (checksum seed MastRW00)"],
  ["Send0000", "+ASb", { power: 3, ...plain }, "key that sends (checksum seed Send0000)"],
  [
    "Manage00",
    "+AEh",
    { power: 4, ...plain, data: "confidential" },
    "key that manages the namespace (checksum seed Manage00)",
  ],
  ["PAdmin00", "AzSe", { power: 4, ...plain, data: "confidential" }, "admin key (checksum seed PAdmin00)"],
  ["Query000", "AzSe", { power: 1, ...plain, breadth: "single" }, "query key (checksum seed Query000)"],
  [
    "Master00",
    "AzFu",
    { power: 4, breadth: "service", reach: "mints", data: "confidential" },
    "master key, which reads and deploys the app (checksum seed Master00)",
  ],
  [
    "ACRDflt0",
    "+ACR",
    { power: 3, breadth: "multi", reach: "mints", data: "internal" },
    "key that may push images (checksum seed ACRDflt0)",
  ],
  ["Default0", "+ASt", { power: 4, ...cosmos }, "key to the whole account (checksum seed Default0)"],
];

for (const [label, signature, hints, reason] of keys) {
  test(`the seed ${label} of a ${signature} key names its role (V35, V36 are ACDb)`, () => {
    const anatomy = decodeAzureKey(minted(`{{mint azure-key ${label} ${signature}}}`), {});
    assert.deepEqual(traits(anatomy), hints);
    assert.equal(anatomy?.hints[0]?.reason, reason);
    assert.equal(facts(anatomy).seed, label);
    assert.ok(anatomy?.facts.every(({ basis }) => basis === "proved"));
  });
}

test("the key of a connection string is found, and its host is told", () => {
  const text = minted(
    "Endpoint=sb://acme.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey={{mint azure-key Listen00 +ASb}}",
  );
  const { account, host, policy } = facts(decodeAzureKey(text, {}));
  assert.deepEqual([account, host, policy], ["acme", "acme.servicebus.windows.net", "Root"]);
  assert.equal(traits(decodeAzureKey(text, {})).power, 3);
});

test("a key whose checksum fits no seed says nothing", () => {
  assert.equal(decodeAzureKey(minted("{{base64 76}}ACDb{{base64 5}}A=="), {}), undefined);
});

test("an older key is known by the policy or device beside it", () => {
  const old = minted("{{base64 42}}A=");
  assert.equal(
    traits(decodeAzureKey(old, { host: "acme.servicebus.windows.net", policy: "RootManageSharedAccessKey" })).power,
    4,
  );
  assert.equal(traits(decodeAzureKey(old, { host: "acme.azure-devices.net", device: "d1" })).breadth, "single");
});

test("the storage emulator's account is a sample", () => {
  assert.ok(decodeAzureStorage("x", { account: "devstoreaccount1" })?.sample);
  const named = minted("DefaultEndpointsProtocol=https;AccountName=acme1;AccountKey={{base64 86}}==");
  assert.equal(facts(decodeAzureStorage(named, {})).account, "acme1");
});

test("a common annotated key tells its month and service", () => {
  const anatomy = decodeAzureCask(minted("{{mint azure-cask ACOG 2026-03}}"));
  assert.deepEqual(facts(anatomy), {
    provider: "azure",
    service: "Cognitive Services or Azure OpenAI",
    created: "2026-03",
  });
  assert.equal(anatomy?.authority?.issued, Date.UTC(2026, 2) / 1000);
  assert.equal(anatomy?.authority?.expires, undefined);
  assert.equal(
    decodeAzureCask(minted("{{mint azure-cask AZDO 2026-03}}"))?.authority?.expires,
    Date.UTC(2027, 3) / 1000,
  );
  assert.ok(decodeAzureCask(minted("{{mint azure-cask AZCS 2026-03 H}}"))?.sample);
});

test("an Azure DevOps token of 52 characters tells user from application", () => {
  assert.equal(facts(decodeAdo(minted("{{mint ado-legacy user}}"))).kind, "user token");
  assert.equal(facts(decodeAdo(minted("{{mint ado-legacy application}}"))).kind, "application token");
  assert.equal(facts(decodeAdo(minted("{{mint azure-cask AZDO}}"))).service, "Azure DevOps");
});

test("an Entra secret is whole beside its tenant and client", () => {
  const secret = minted("{{mint entra-secret}}");
  assert.deepEqual(decodeEntraPassword(secret, {})?.hints, []);
  assert.equal(traits(decodeEntraPassword(secret, { client: "c", tenant: "t" })).possession, "bearer");
});

const END = Date.UTC(2026, 8, 1, 0, 40) / 1000;
const signatures: readonly (readonly [
  what: string,
  template: string,
  hints: Record<string, unknown>,
  expires: number | "never" | undefined,
])[] = [
  [
    "the whole account until 2050 (V25)",
    "{{mint azure-sas account se=2050-01-01}}",
    { power: 4, breadth: "multi", reach: "secrets-likely", data: "confidential" },
    Date.UTC(2050, 0, 1) / 1000,
  ],
  [
    "one blob from one address (V26)",
    "{{mint azure-sas blob sip=203.0.113.7}}",
    { power: 2, breadth: "single", reach: "none", data: "internal", possession: "network-bound" },
    END,
  ],
  [
    "a container, to write",
    "{{mint azure-sas container sp=rcw}}",
    { power: 3, breadth: "service", reach: "secrets-likely", data: "internal" },
    END,
  ],
  [
    "a workflow's trigger, for ever",
    "{{mint azure-sas logic}}",
    { power: 3, breadth: "single", reach: "mints", data: "internal" },
    "never",
  ],
];

for (const [what, template, hints, expires] of signatures) {
  test(`a shared access signature: ${what}`, () => {
    const anatomy = decodeAzureSas(minted(template), {});
    assert.deepEqual(traits(anatomy), { certainty: "structure", ...hints });
    assert.equal(anatomy?.authority?.expires, expires);
  });
}

test("a signature by stored policy leaves its end and rights to the policy", () => {
  const anatomy = decodeAzureSas("https://acme.blob.core.windows.net/c?sv=2022-11-02&sr=c&si=readers&sig=abc", {});
  assert.equal(traits(anatomy).life, "unknown");
  assert.equal(facts(anatomy).revoke, "edit the stored access policy readers");
});

test("a messaging signature of the root policy manages the namespace", () => {
  const anatomy = decodeAzureSas(
    "SharedAccessSignature sr=sb%3A%2F%2Facme.servicebus.windows.net%2F&sig=abc%3D&se=1788220800&skn=RootManageSharedAccessKey",
    {},
  );
  assert.deepEqual(traits(anatomy), { certainty: "structure", power: 4, breadth: "service" });
  assert.equal(anatomy?.authority?.expires, 1_788_220_800);
});
