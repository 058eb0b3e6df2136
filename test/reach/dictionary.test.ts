import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { ScopeEntry } from "../../src/model/index.ts";
import { isOwn, matchesName, roleGrant, scopeGrant } from "../../src/reach/dictionary.ts";
import { dictionaries } from "./setup.ts";

const patterns: readonly [string, string, boolean][] = [
  ["repo", "repo", true],
  ["repo", "repo:status", false],
  ["Mail.Read", "mail.read", true],
  ["iam:*", "iam:PassRole", true],
  ["iam:*", "iam", false],
  ["*.readonly", "drive.readonly", true],
  ["okta.*.manage", "okta.users.manage", true],
  ["okta.*.manage", "okta.manage", false],
  ["*", "anything", false],
  ["*", "*", true],
  ["\\*:\\*", "s3:Get", false],
  ["\\*:\\*", "*:*", true],
  ["a*b*c", "a-b-b-c", true],
  ["a*a", "a", false],
];

for (const [pattern, text, expected] of patterns) {
  test(`${pattern} ${expected ? "matches" : "does not match"} ${text}`, () =>
    assert.equal(matchesName(pattern, text), expected));
}

/** Dictionary, scope, `power reach data`. */
const scopes: readonly [string, string, string][] = [
  ["generic", "*", "4 none confidential"],
  ["generic", "orders:read", "2 none -"],
  ["generic", "orders.write", "3 none -"],
  ["generic", "read:admin", "2 none confidential"],
  ["generic", "admin:read", "2 none confidential"],
  ["generic", "admin", "4 none -"],
  ["generic", "files.readonly", "2 none -"],
  ["generic", "read_write", "3 none -"],
  ["generic", "ReadWriteAll", "4 none confidential"],
  ["generic", "secrets:read", "4 mints confidential"],
  ["generic", "vault.secrets.write", "5 mints confidential"],
  ["generic", "token:create", "5 mints confidential"],
  ["generic", "act-as", "5 mints confidential"],
  ["generic", "users:write", "5 mints confidential"],
  ["generic", "pipeline:read", "2 none -"],
  ["generic", "pipeline", "3 mints -"],
  ["generic", "openid", "1 none -"],
  ["generic", "offline_access", "0 none -"],
  ["generic", "cart-7", "2 none -"],
  ["no such vendor", "orders:write", "3 none -"],
  ["github", "repo", "4 mints confidential"],
  ["github", "admin:enterprise", "5 mints confidential"],
  ["github", "read:user", "1 none -"],
  ["github", "metadata:read", "1 none -"],
  ["github", "actions:write", "4 mints confidential"],
  ["gitlab", "read_api", "2 none -"],
  ["gitlab", "sudo", "5 mints confidential"],
  ["google", "https://www.googleapis.com/auth/cloud-platform", "5 mints confidential"],
  ["google", "https://www.googleapis.com/auth/drive.readonly", "2 secrets-likely confidential"],
  ["google", "https://www.googleapis.com/auth/admin.directory.user.readonly", "2 none confidential"],
  ["google", "https://www.googleapis.com/auth/admin.directory.user", "5 mints confidential"],
  ["google", "https://mail.google.com/", "4 secrets-likely confidential"],
  ["entra", "https://graph.microsoft.com/User.Read", "2 none -"],
  ["entra", "Directory.ReadWrite.All", "4 mints confidential"],
  ["entra", "user_impersonation", "4 mints confidential"],
  ["entra", "https://acme.onmicrosoft.com/api/.default", "3 none -"],
  ["slack", "admin.users:write", "5 mints confidential"],
  ["slack", "chat:write.public", "3 none -"],
  ["slack", "channels:history", "2 secrets-likely confidential"],
  ["aws", "*:*", "5 mints confidential"],
  ["aws", "s3:GetObject", "2 secrets-likely -"],
  ["aws", "iam:PassRole", "5 mints confidential"],
  ["aws", "secretsmanager:GetSecretValue", "4 mints confidential"],
  ["salesforce", "full", "4 secrets-likely regulated"],
  ["atlassian", "manage:jira-webhook", "4 mints -"],
  ["atlassian", "read:jira-work", "2 secrets-likely confidential"],
  ["auth0", "read:user_idp_tokens", "5 mints regulated"],
  ["okta", "okta.users.manage.self", "2 none -"],
  ["okta", "okta.users.manage", "5 mints regulated"],
  ["okta", "okta.groups.read", "2 none confidential"],
  ["stripe", "read_write", "4 none regulated"],
  ["kubernetes", "pods:list", "2 none -"],
  ["kubernetes", "secrets:get", "4 mints confidential"],
  ["databricks", "authentication", "5 mints confidential"],
  ["jfrog", "applied-permissions/admin", "4 mints confidential"],
  ["docker-registry", "repository:acme/web:pull,push", "3 mints -"],
  ["docker-registry", "repository:acme/web:pull", "2 none -"],
  ["docker-registry", "repository:acme/web:*", "4 mints -"],
  ["zoom", "meeting:write:admin", "4 none confidential"],
  ["linkedin", "w_member_social", "3 none -"],
  ["npm", "publish", "3 mints -"],
];

for (const [vendor, scope, expected] of scopes) {
  test(`${vendor}: scope ${scope} is ${expected}`, () => {
    const { power, reach = "none", data = "-" } = scopeGrant(scope, vendor, dictionaries);
    assert.equal(`${power} ${reach} ${data}`, expected);
  });
}

const roles: readonly [string, string, number][] = [
  ["generic", "admin", 4],
  ["generic", "ROLE_ADMIN", 4],
  ["generic", "user-admin", 4],
  ["generic", "ROLE_USER", 2],
  ["generic", "viewer", 2],
  ["generic", "editor", 3],
  ["generic", "cart-service", 2],
  ["entra", "RoleManagement.ReadWrite.Directory", 5],
  ["entra", "62e90394-69f5-4237-9190-012177145e10", 5],
  ["entra", "Mail.Read", 3],
  ["entra", "b79fbf4d-3ef9-4689-8143-76b194e85509", 2],
  ["keycloak", "realm-admin", 5],
  ["keycloak", "view-users", 2],
  ["keycloak", "default-roles-shop", 1],
  ["keycloak", "offline_access", 0],
  ["kubernetes", "system:masters", 5],
  ["vault", "root", 5],
  ["grafana", "GrafanaAdmin", 5],
  ["directus", "admin_access", 4],
  ["hasura", "admin", 4],
  ["aws", "AWSReservedSSO_AdministratorAccess_0123456789abcdef", 5],
];

for (const [vendor, role, power] of roles) {
  test(`${vendor}: role ${role} has power ${power}`, () =>
    assert.equal(roleGrant(role, vendor, dictionaries).power, power));
}

test("offline access renews", () => {
  for (const vendor of ["generic", "entra", "salesforce", "atlassian"])
    assert.equal(scopeGrant("offline_access", vendor, dictionaries).refresh, true, vendor);
});

test("scopes about the holder alone are told from others", () => {
  for (const scope of [
    "openid",
    "https://graph.microsoft.com/User.Read",
    "okta.users.read.self",
    "read:user",
    "users:me",
  ])
    assert.ok(isOwn(scope), scope);
  for (const scope of ["orders:read", "User.Read.All", "repo", "emails"]) assert.ok(!isOwn(scope), scope);
});

test("a hostile scope is looked up in no time", () => {
  const long = "a:".repeat(50_000);
  const before = performance.now();
  for (const vendor of dictionaries.keys()) scopeGrant(long, vendor, dictionaries);
  assert.ok(performance.now() - before < 1000);
});

const schema = JSON.parse(readFileSync("rules/scope.schema.json", "utf8"));
const validate = new Ajv2020({ allErrors: true }).compile(schema);

const VENDORS =
  "generic github gitlab google entra slack aws salesforce atlassian auth0 okta stripe kubernetes vault grafana databricks keycloak jfrog directus hasura docker-registry zoom linkedin npm";

test("every vendor has its dictionary", () =>
  assert.deepEqual([...dictionaries.keys()].sort(), VENDORS.split(" ").sort()));

for (const [id, dictionary] of dictionaries) {
  test(`${id}: fits its schema`, () => assert.ok(validate(dictionary), JSON.stringify(validate.errors)));

  test(`${id}: every entry can be reached`, () => {
    for (const entries of [dictionary.scopes, dictionary.roles])
      for (const [at, { match }] of entries.entries()) {
        const name = match.replace(/(?<!\\)\*/g, "~").replaceAll("\\*", "*");
        const hiding = entries.slice(0, at).find((entry: ScopeEntry) => matchesName(entry.match, name));
        assert.equal(hiding?.match, undefined, `${match} stands behind`);
      }
  });
}
