import assert from "node:assert/strict";
import { test } from "node:test";
import { mint, seededRandom } from "../mint/mint.ts";
import { findIn } from "./find.ts";

const random = seededRandom(31);
const found = (text: string) =>
  findIn(mint(text, random), "secret.yaml").filter(
    ({ rule, demoted }) => rule === "kubernetes-secret-value" && !demoted,
  );

test("values of a Secret are found whatever their names", () => {
  const secret = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: app\ndata:\n";
  assert.equal(
    found(`${secret}  config: {{b64 [[letters 6]][[digits 4]]!x}}\n  blob: {{b64 [[alnum 20]]7}}\n`).length,
    2,
  );
  assert.equal(found("kind: Secret\nstringData:\n  value: {{letters 6}}{{digits 4}}!x\n").length, 1);
  assert.equal(
    found("data:\n  foo: {{b64 [[letters 6]][[digits 4]]}}\nkind: Secret\nmetadata:\n  name: y\n").length,
    1,
  );
});

test("what a Secret holds beside its secrets is none", () => {
  for (const pair of [
    "username: {{b64 admin1234}}",
    "db-host: {{b64 db1.corp.net}}",
    "config: {{b64 hello world 1}}",
    "value: {{b64 password}}",
    "tls.crt: {{b64 [[alnum 60]]}}",
    "token: {{ .Values.token1 | b64enc }}",
  ])
    assert.deepEqual(found(`kind: Secret\ndata:\n  ${pair}\n`), [], pair);
});

test("values of other manifests in the same file are none", () => {
  const other = "---\nkind: ConfigMap\ndata:\n  value: {{b64 [[letters 6]][[digits 4]]}}\n";
  assert.deepEqual(found(`kind: Secret\nmetadata:\n  name: x\n${other}`), []);
  assert.deepEqual(found(`${other}---\nkind: SecretStore\nspec: {}\n`), []);
});

test("values of a Secret in one line of JSON are found, but not beside a ConfigMap", () => {
  const secret =
    '{"apiVersion":"v1","data":{"config":"{{b64 [[letters 6]][[digits 4]]!x}}","user":"{{b64 admin1234}}"},"kind":"Secret"}';
  assert.equal(found(secret).length, 1);
  assert.equal(found('{"kind": "Secret", "stringData": {"value": "{{letters 6}}{{digits 4}}!x"}}').length, 1);
  assert.deepEqual(
    found(`{"items":[{"kind":"ConfigMap","data":{"a":"{{b64 [[letters 6]][[digits 4]]}}"}},${secret}]}`),
    [],
  );
});
