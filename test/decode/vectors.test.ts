import assert from "node:assert/strict";
import { test } from "node:test";
import type { Traits } from "../../src/model/index.ts";
import { lifeOf } from "../../src/reach/life.ts";
import { score } from "../../src/reach/score.ts";
import { decoders } from "./decoders.ts";
import { minted, traits } from "./hints.ts";

const NOW = 1_788_220_800;

const BASE: Traits = {
  power: 3,
  breadth: "service",
  reach: "none",
  data: "internal",
  life: "unknown",
  refresh: false,
  possession: "bearer",
  environment: "unknown",
  certainty: "prefix",
  exposure: "internal",
  publicByDesign: false,
};

/** The vectors whose facts come from a decoder: what the rule and the surroundings say, then what the decoder adds. */
const vectors: readonly (readonly [
  id: string,
  rule: Partial<Traits>,
  decoder: string,
  template: string,
  expected: number,
])[] = [
  ["V22", { reach: "mints", breadth: "multi", life: "expired" }, "github", "ghs_{{crc32-base62 30}}", 0.7],
  [
    "V23",
    { power: 4, breadth: "multi", reach: "mints", data: "confidential", life: "none" },
    "aws-key-id",
    "{{mint aws-key-id}}",
    9.5,
  ],
  [
    "V24",
    { power: 4, breadth: "multi", reach: "mints", data: "confidential", life: "none", possession: "partial" },
    "aws-key-id",
    "{{mint aws-key-id}}",
    1.4,
  ],
  ["V25", {}, "azure-sas", "{{mint azure-sas account se=2050-01-01}}", 9.5],
  ["V26", {}, "azure-sas", "{{mint azure-sas blob sip=203.0.113.7}}", 1.7],
  ["V27", { exposure: "public" }, "pypi", "{{mint pypi user}}", 10],
  ["V28", {}, "pypi", "{{mint pypi project acme-lib 1788221700 1788220800}}", 4.6],
  ["V29", {}, "pypi", "{{mint pypi-test user}}", 3.5],
  ["V30", { power: 4, breadth: "multi", data: "regulated", life: "none" }, "stripe", "sk_live_{{alnum 99}}", 9.5],
  ["V31", { power: 4, breadth: "multi", data: "regulated", life: "none" }, "stripe", "sk_test_{{alnum 99}}", 2.8],
  [
    "V32",
    { reach: "secrets-likely", data: "confidential", life: "none", exposure: "public" },
    "slack",
    "{{mint slack-bot}}",
    7.2,
  ],
  ["V33", { life: "none" }, "onepassword", "{{mint onepassword}}", 10],
  ["V34", {}, "sentry", "{{mint sentry-org acme}}", 6],
  ["V35", { life: "none", certainty: "checksum" }, "azure-key", "{{mint azure-key MastRO00 ACDb}}", 5.5],
  ["V36", { life: "none", certainty: "checksum" }, "azure-key", "{{mint azure-key MastRW00 ACDb}}", 9],
  ["V39", {}, "kubeconfig", "{{mint kubeconfig masters}}", 10],
  ["V40", { life: "none", certainty: "checksum" }, "gitlab", "{{mint gitlab-routable glrt-t1_}}", 10],
  ["V43", {}, "mapbox", "{{mint mapbox pk}}", 0],
  ["V44", {}, "mapbox", "{{mint mapbox sk}}", 6],
];

for (const [id, rule, decoder, template, expected] of vectors) {
  test(`${id}: ${decoder} on ${template} scores ${expected}`, () => {
    const anatomy = decoders[decoder]!(minted(template), {});
    const expires = anatomy?.authority?.expires;
    const life = expires === undefined ? {} : { life: expires === "never" ? ("none" as const) : lifeOf(expires - NOW) };
    assert.equal(score({ ...BASE, ...rule, ...life, ...traits(anatomy) }).score, expected);
  });
}
