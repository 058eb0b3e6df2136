import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { parse } from "yaml";
import { sampler } from "../../src/detect/sample.ts";
import type { Finding, WrittenRule } from "../../src/model/index.ts";
import { folder } from "../config/folder.ts";
import { mintHmac } from "../decode/mint-jwt.ts";
import { mint, type Random, seededRandom } from "../mint/mint.ts";
import { reportOf } from "./running.ts";

const random = seededRandom(99);
const rules = readdirSync("rules/providers")
  .filter((name) => name.endsWith(".yml"))
  .flatMap((name) => (parse(readFileSync(`rules/providers/${name}`, "utf8")) as { rules: WrittenRule[] }).rules);

/** What a rule wants beside its secret, made from its own pattern: a line for each named group. */
function companion({ pattern }: NonNullable<WrittenRule["beside"]>, random: Random): string {
  const make = sampler(pattern);
  const wanted = new Set([...pattern.matchAll(/\(\?<(\w+)>/g)].map((found) => found[1]));
  const lines: string[] = [];
  for (let tries = 0; tries < 500 && (wanted.size > 0 || lines.length === 0); tries++) {
    const text = make(random);
    // As people write it: `client_id=x`.
    if (/[>,(\\]|appid/i.test(text)) continue;
    const groups = Object.entries(new RegExp(pattern, "i").exec(` ${text} `)?.groups ?? {});
    const filled = groups.filter(([name, value]) => value !== undefined && wanted.delete(name));
    if (filled.length > 0 || wanted.size === 0) lines.push(text);
  }
  return `${lines.join("\n")}\n`;
}

async function found(files: Record<string, string>): Promise<readonly Finding[]> {
  return (await reportOf({ paths: [folder(files)], now: Date.parse("2026-09-01T00:00:00Z") / 1000 })).findings;
}

/** What stays useless beside a public id: it wants a user's code or refresh token too, or the name of its tenant. */
const HALVES = [
  "auth0-client-secret",
  "canva-client-secret",
  "entra-client-secret",
  "entra-client-secret-2020",
  "gitlab-oauth-secret",
  "google-oauth-client-secret",
  "shopify-shared-secret",
  "slack-client-secret",
];

test("a secret that wants only the public id of its client is whole without it", () => {
  const half = rules.filter(({ beside, reach }) => beside && !beside.required && reach.possession === "partial");
  assert.deepEqual(half.map(({ id }) => id).sort(), HALVES);
});

for (const rule of rules.filter(({ beside }) => beside && !beside.required)) {
  test(`${rule.id} reaches further beside its ${rule.beside?.what}, which alone is nothing`, async () => {
    const secret = () => mint(rule.examples[0]!, random);
    const id = companion(rule.beside!, random);
    const [whole, ...rest] = await found({ "a.env": `${secret()}\n${id}` });
    const said = `its ${rule.beside!.what} stands beside it`;
    assert.equal(whole?.rule, rule.id, id);
    assert.ok(whole.reach.reasons.includes(said), whole.reach.reasons.join("; "));
    // A client secret beside a refresh token is a secret of its own.
    if (rule.beside!.what === "client secret") assert.equal(rest.length, 1);
    else assert.deepEqual([rest, whole.facts.some(({ name }) => /_(?:id|key)$|tenant/.test(name))], [[], true]);
    // What is called a key is only known to be an id beside its secret.
    if (/id/i.test(id) && !/key/i.test(id)) assert.deepEqual(await found({ "a.env": id }), []);
    const far = await found({ "a.env": `${secret()}\n${"#\n".repeat(20)}${id}` });
    const alone = far.find((finding) => finding.rule === rule.id);
    assert.ok(alone && alone.reach.score < whole.reach.score, `${alone?.reach.score} < ${whole.reach.score}`);
    if (!HALVES.includes(rule.id)) assert.match(alone.reach.level, /medium|high|critical/);
  });
}

for (const rule of rules.filter(({ beside }) => beside?.required)) {
  test(`${rule.id} is one finding with its ${rule.beside?.what}, and none of its own without`, async () => {
    for (const example of rule.examples) {
      const [whole, ...rest] = await found({ "a.env": `${mint(example, random)}\n` });
      assert.deepEqual([whole?.rule, rest.length], [rule.id, 0], example);
      assert.match(JSON.stringify(whole?.facts), /client_id/);
      assert.notEqual(whole?.reach.level, "low");
    }
  });
}

test("the closest halves find each other, in whatever order they stand", async () => {
  const id = () => mint("SCW{{upalnum 16}}7", random);
  const secret = () => `SCW_SECRET_KEY=${mint("{{uuid}}", random)}`;
  const texts = [
    `a: ${id()}\n${secret()}\n\n\nb: ${id()}\n${secret()}\n`,
    `${secret()}\na: ${id()}\n\n\n${secret()}\nb: ${id()}\n`,
    `a: ${id()} ${secret()}          b: ${id()} ${secret()}\n`,
  ];
  for (const text of texts) {
    const findings = await found({ "a.env": text });
    assert.deepEqual(
      findings.map(({ exposures }) => exposures.length),
      [2, 2],
      text,
    );
    for (const { exposures, pairedWith } of findings) {
      assert.equal(pairedWith.length, 1);
      const [one, other] = exposures;
      assert.ok(Math.abs(one!.span.start - other!.span.start) < 80, text);
    }
  }
});

test("a half whose other half is taken is whole too", async () => {
  const old = mint("AKIA{{base32 16}}", random);
  const secret = () => `aws_secret_access_key = ${mint("{{base64 40}}", random)}\n`;
  const findings = await found({ credentials: `aws_access_key_id = ${old}\n${secret()}# rotated\n${secret()}` });
  assert.deepEqual(
    findings.map(({ reach }) => reach.level),
    ["critical", "critical"],
  );
});

const CLAIMS = {
  iss: "https://login.acme.example.io/",
  sub: "svc",
  aud: "https://api.acme.example.io/",
  exp: 1_800_000_000,
};

for (const key of ["mysecretkey", "superSecretKey12345", "kitten-battery-9-horse-staple-x1", "secret"])
  test(`the key \`${key}\` is told where a token stands that it signs, and nowhere else`, async () => {
    const line = `JWT_SECRET=${key}\n`;
    const [signer, ...others] = (await found({ "a.env": line, "b.env": `TOKEN=${mintHmac(CLAIMS, key)}\n` })).filter(
      ({ rule }) => rule !== "jwt",
    );
    assert.equal(signer?.reach.level, "critical");
    assert.match(signer.reach.reasons.join("\n"), /it signs the token at .*b\.env:1/);
    assert.deepEqual(others, []);
    const alone = await found({ "a.env": line, "b.env": `TOKEN=${mintHmac(CLAIMS, `${key}-other`)}\n` });
    assert.deepEqual(
      alone.filter(({ rule }) => rule !== "jwt").map(({ reach }) => reach.level),
      ["none"],
    );
  });
