import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeAwsBedrock, decodeAwsEks, decodeAwsKeyId, decodeAwsPresigned } from "../../src/decode/aws.ts";
import { facts, minted, traits } from "./hints.ts";

const MIDNIGHT = 1_788_220_800;

const accounts: readonly (readonly [what: string, template: string, account: string | undefined, kind: string])[] = [
  ["a key id", "{{mint aws-key-id 029608264753}}", "029608264753", "access key"],
  ["a temporary one", "{{mint aws-key-id 029608264753 ASIA}}", "029608264753", "temporary access key"],
  ["an old one holds none", "AKIAI{{base32 15}}", undefined, "access key"],
];

for (const [what, template, account, kind] of accounts) {
  test(`account of an AWS key id: ${what}`, () => {
    const found = facts(decodeAwsKeyId(minted(template), {}));
    assert.equal(found.account, account);
    assert.equal(found.kind, kind);
  });
}

test("the documented id of the account formula decodes as published", () => {
  const id = ["ASIA", "QNZGKIQY56JQ7WML"].join("");
  assert.equal(facts(decodeAwsKeyId(id, {})).account, "029608264753");
  assert.equal(facts(decodeAwsKeyId("the secret", { id })).account, "029608264753");
});

const samples = ["AKIA{{base32 9}}EXAMPLE", "{{mint aws-key-id 123456789012}}", "LKIA{{base32 16}}"];
for (const template of samples) {
  test(`${template} is a sample`, () => assert.ok(decodeAwsKeyId(minted(template), {})?.sample));
}

test("a canary's account is known, and using it is warned of", () => {
  const anatomy = decodeAwsKeyId(minted("{{mint aws-key-id 534261010715}}"), {});
  assert.equal(facts(anatomy).canary, "yes: do not use it");
  assert.equal(traits(anatomy).power, 1);
});

test("a presigned URL is one object until its date", () => {
  const anatomy = decodeAwsPresigned(minted("{{mint aws-presigned 3600}}"));
  assert.equal(anatomy?.authority?.expires, MIDNIGHT + 3600);
  assert.deepEqual(traits(anatomy), {
    certainty: "structure",
    power: 2,
    breadth: "single",
    reach: "none",
    data: "internal",
  });
  const { account, region, service, host } = facts(anatomy);
  assert.deepEqual(
    [account, region, service, host],
    ["029608264753", "us-east-1", "s3", "acme-reports.s3.amazonaws.com"],
  );
});

test("an older presigned URL ends at its Expires", () => {
  const url = `https://b.s3.amazonaws.com/k?AWSAccessKeyId=x&Expires=${MIDNIGHT}&Signature=abc%3D`;
  assert.equal(decodeAwsPresigned(url)?.authority?.expires, MIDNIGHT);
});

test("an EKS token lives 15 minutes, whatever it says", () => {
  const anatomy = decodeAwsEks(minted("{{mint eks}}"));
  assert.equal(anatomy?.authority?.expires, MIDNIGHT + 900);
  assert.equal(facts(anatomy).account, "029608264753");
});

test("a Bedrock key: long-term names its account, short-term its end", () => {
  assert.equal(facts(decodeAwsBedrock(minted("{{mint bedrock long}}"))).account, "029608264753");
  const short = decodeAwsBedrock(minted("{{mint bedrock short}}"));
  assert.equal(short?.authority?.expires, MIDNIGHT + 43_200);
  assert.equal(facts(short).region, "us-east-1");
});
