import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { test } from "node:test";
import { decoders } from "./decoders.ts";
import { facts, minted, traits } from "./hints.ts";

type Expected = Readonly<Record<string, unknown>>;

const cases: readonly (readonly [decoder: string, template: string, facts: Expected, hints: Expected])[] = [
  ["jfrog", "{{mint jfrog-reference 1769166461}}", { kind: "reference token" }, { certainty: "structure" }],
  ["vault", "{{mint vault-caes}}", { provider: "vault", kind: "service token" }, { certainty: "structure" }],
  ["vault", "{{mint vault-caes WbYVX}}", { namespace: "WbYVX" }, { certainty: "structure" }],
  ["vault", "hvb.{{base64url 140}}", { kind: "batch token" }, {}],
  ["vault", "hvr.{{base64url 90}}", { kind: "recovery token" }, { power: 5 }],
  [
    "onepassword",
    "{{mint onepassword}}",
    { account: "acme.1password.com" },
    { certainty: "structure", power: 5, breadth: "multi", reach: "mints", data: "confidential" },
  ],
  ["doppler", "dp.pt.{{alnum 43}}", { kind: "pt" }, { power: 5, breadth: "multi" }],
  ["doppler", "dp.st.prd.{{alnum 43}}", { config: "prd" }, { power: 4, breadth: "single", environment: "prod" }],
  [
    "doppler",
    "dp.st.dev_local.{{alnum 43}}",
    { config: "dev_local" },
    { power: 4, breadth: "single", environment: "test" },
  ],
  ["doppler", "dp.audit.{{alnum 43}}", { kind: "audit" }, { power: 2, breadth: "multi", reach: "none" }],
  ["mapbox", "{{mint mapbox pk}}", { account: "acme" }, { certainty: "structure", publicByDesign: true }],
  [
    "mapbox",
    "{{mint mapbox sk}}",
    { account: "acme" },
    { certainty: "structure", power: 3, breadth: "service", reach: "none", data: "internal" },
  ],
  [
    "mapbox",
    "{{mint mapbox tk}}",
    {},
    { certainty: "structure", power: 1, breadth: "service", reach: "none", data: "internal" },
  ],
  ["salesforce", "00D{{alnum 15}}!{{alnum 90}}", {}, {}],
  ["twilio", "{{mint twilio SK}}", { kind: "API key" }, {}],
  ["terraform", "{{alnum 14}}.atlasv1.{{alnum 67}}", { provider: "terraform" }, {}],
  ["sourcegraph", "sgp_local_{{hex 40}}", { instance: "local" }, { environment: "test" }],
  ["sourcegraph", "sgp_{{hex 16}}_{{hex 40}}", { provider: "sourcegraph" }, {}],
  ["supabase-key", "sb_publishable_{{base64url 22}}_{{base64url 8}}", {}, { publicByDesign: true }],
  ["supabase-key", "sb_secret_{{base64url 22}}_{{base64url 8}}", {}, { power: 4, reach: "mints" }],
  ["clerk", "{{mint clerk pk_live}}", { host: "clerk.acme.io" }, { environment: "prod", publicByDesign: true }],
  ["clerk", "sk_test_{{alnum 42}}", { provider: "clerk" }, { environment: "test" }],
  [
    "algolia-secured",
    "{{mint algolia-secured}}",
    { indices: "products", filters: "tenant:42" },
    { certainty: "structure", power: 1, breadth: "single", reach: "none" },
  ],
  [
    "tailscale",
    "tskey-auth-{{alnum 17}}-{{alnum 32}}",
    { kind: "auth key" },
    { power: 3, breadth: "multi", reach: "mints" },
  ],
  ["slack", "{{mint slack-bot}}", { kind: "bot token" }, {}],
  ["slack", "xoxe.xoxb-1-{{alnum 160}}", { kind: "bot token" }, { life: "24h" }],
  ["slack", "xoxe-1-{{alnum 146}}", { kind: "refresh token" }, { refresh: true }],
  ["slack", "xapp-1-A{{upalnum 10}}-{{digits 13}}-{{hex 64}}", { kind: "app-level token" }, {}],
  [
    "slack",
    "https://hooks.slack.com/triggers/T{{upalnum 9}}/{{digits 13}}/{{hex 32}}",
    { kind: "triggers webhook" },
    { reach: "mints" },
  ],
  ["discord", "{{mint discord-bot}}", { kind: "bot token", created: "2026-09-01" }, {}],
  ["telegram", "{{mint telegram}}", { kind: "bot token" }, {}],
  ["stripe", "sk_live_{{alnum 99}}", { kind: "secret key", environment: "live" }, { environment: "prod" }],
  ["stripe", "sk_test_{{alnum 99}}", { environment: "test" }, { environment: "test", data: "internal" }],
  ["stripe", "pk_live_{{alnum 99}}", { kind: "publishable key" }, { publicByDesign: true }],
  ["stripe", "whsec_{{alnum 32}}", { kind: "webhook signing secret" }, {}],
  ["braintree", "{{mint braintree sandbox}}", { environment: "sandbox" }, { environment: "test", data: "internal" }],
  ["braintree", "{{mint braintree production}}", { environment: "production" }, { environment: "prod" }],
  ["plaid", "access-sandbox-{{uuid}}", { environment: "sandbox" }, { environment: "test", data: "internal" }],
  [
    "sentry",
    "{{mint sentry-org acme}}",
    { org: "acme", region: "https://us.sentry.io" },
    { certainty: "structure", power: 3, breadth: "service", reach: "none", data: "internal" },
  ],
  ["sentry", "https://{{hex 32}}@o1.ingest.sentry.io/42", {}, { publicByDesign: true }],
  ["grafana", "{{mint grafana}}", { kind: "service account token" }, {}],
  ["grafana", "{{mint grafana-cloud eu}}", { region: "eu", name: "ci-metrics" }, { certainty: "structure" }],
  ["grafana", "{{mint grafana-legacy}}", { org: "1", kind: "API key" }, { certainty: "structure" }],
  ["paseto", "{{mint paseto}}", { version: "v4", iss: "https://login.acme.io" }, { certainty: "structure" }],
  ["paseto", "v2.local.{{base64url 120}}", { purpose: "local" }, { power: 3 }],
  ["elasticsearch", "{{b64 [[base64url 20]]:[[base64url 22]]}}", { provider: "elastic" }, { certainty: "structure" }],
  [
    "aws-registry",
    '{{b64 {"payload":"[[base64 900]]","datakey":"[[base64 300]]","version":"2","type":"DATA_KEY","expiration":1788264000}}}',
    { kind: "ECR password" },
    { certainty: "structure" },
  ],
  [
    "gitlab-job",
    "glcbt-{{jwt}}",
    { kind: "job token", issuer: "https://login.acme.test/" },
    { certainty: "structure" },
  ],
  ["ngrok", "2{{digits 26}}_{{alnum 21}}", { provider: "ngrok" }, {}],
  ["live-or-test", "rzp_live_{{alnum 14}}", {}, { environment: "prod" }],
  ["live-or-test", "pdl_sdbx_apikey_{{alnum 26}}", {}, { environment: "test" }],
  ["live-or-test", "$aact_hmlg_{{alnum 40}}", {}, { environment: "test" }],
  ["live-or-test", "FLWSECK_TEST-{{hex 32}}-X", {}, { environment: "test" }],
  ["live-or-test", "EZTK{{alnum 54}}", {}, { environment: "test" }],
  ["live-or-test", "SB-Mid-server-{{alnum 24}}", {}, { environment: "test" }],
  ["live-or-test", "shippo_live_{{hex 40}}", {}, { environment: "prod" }],
];

for (const [decoder, template, expected, hints] of cases) {
  test(`${decoder} reads ${template}`, () => {
    const anatomy = decoders[decoder]!(minted(template), {});
    const found = facts(anatomy);
    for (const [name, value] of Object.entries(expected)) assert.equal(found[name], value);
    assert.deepEqual(traits(anatomy), hints);
  });
}

test("expiries are read", () => {
  const expiry = (decoder: string, template: string) => decoders[decoder]!(minted(template), {})?.authority?.expires;
  assert.equal(expiry("jfrog", "{{mint jfrog-reference 1769166461}}"), 1_769_166_461);
  assert.equal(expiry("jfrog", "{{mint jfrog-reference 0}}"), "never");
  assert.equal(expiry("paseto", "{{mint paseto 2026-09-02T00:00:00Z}}"), 1_788_307_200);
  assert.equal(expiry("mapbox", "{{mint mapbox tk}}"), 1_788_224_400);
  assert.equal(
    expiry("aws-registry", '{{b64url {"ver":1,"isu":1788220800,"enc":"A128GCM","exp":1788264000}}}.a.b.c.d'),
    1_788_264_000,
  );
  assert.equal(expiry("algolia-secured", "{{mint algolia-secured}}"), 1_788_307_200);
});

test("a KSUID tells when it was made, and text that is none tells nothing", () => {
  const made = decoders.ngrok!(minted(`0ujtsYcgvSTl8PAuAdqWYSMnLOv_{{alnum 21}}`), {});
  assert.equal(facts(made).created, "2017-10-10");
  assert.equal(decoders.ngrok!(minted(`${"z".repeat(27)}_{{alnum 21}}`), {}), undefined);
});

test("a WireGuard key tells its public half", () => {
  const { privateKey, publicKey } = generateKeyPairSync("x25519");
  const [own, open] = [
    privateKey.export({ type: "pkcs8", format: "der" }).subarray(-32),
    publicKey.export({ type: "spki", format: "der" }).subarray(-32),
  ];
  assert.equal(facts(decoders.wireguard!(own.toString("base64"), {}))["public key"], open.toString("base64"));
  assert.equal(decoders.wireguard!("c2hvcnQ=", {}), undefined);
});

const samples: readonly (readonly [decoder: string, template: string])[] = [
  ["mapbox", "{{mint mapbox pk mapbox}}"],
  ["discord", "{{mint discord-bot 198622483471925248}}"],
  ["slack", "https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX"],
  ["telegram", "110201543:AA{{base64url 33}}"],
  ["vault", "hvs.root"],
];

for (const [decoder, template] of samples) {
  test(`${decoder}: ${template} is a documented sample`, () =>
    assert.ok(decoders[decoder]!(minted(template), {})?.sample));
}

test("installation tokens of GitHub tell app and end, and nothing of power", () => {
  const anatomy = decoders["github-jwt"]!(minted("{{mint github-installation 1234567}}"), {});
  assert.equal(facts(anatomy).app, "1234567");
  assert.equal(anatomy?.authority?.expires, 1_788_224_400);
  assert.deepEqual(traits(anatomy), { certainty: "structure" });
  assert.deepEqual(decoders.github!(minted("ghs_{{crc32-base62 30}}"), {})?.hints, []);
});
