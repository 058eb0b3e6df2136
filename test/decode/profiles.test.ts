import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { decodeJwt } from "../../src/decode/jwt.ts";
import { PROFILES } from "../../src/decode/profiles/index.ts";
import type { Traits } from "../../src/model/index.ts";
import { facts, traits } from "./hints.ts";
import { DAY, encode, HOUR, type Json, MINUTE, mintJwe, mintJwt, NOW } from "./mint-jwt.ts";

interface Expected {
  readonly type: string;
  readonly kind: string;
  readonly dictionary?: string;
  readonly traits?: Partial<Traits>;
  readonly facts?: Readonly<Record<string, string>>;
  readonly scopes?: readonly string[];
  readonly roles?: readonly string[];
  readonly audiences?: readonly string[] | undefined;
  readonly expires?: number | "never" | undefined;
}

type Case = readonly [name: string, claims: Json, expected: Expected, header?: Json];

const TID = "11111111-2222-3333-4444-555555555555";
const V2 = { iss: `https://login.microsoftonline.com/${TID}/v2.0`, tid: TID, exp: NOW + HOUR };
const SA = "deployer@acme-prod.iam.gserviceaccount.com";
const REALM = "https://sso.acme.com/realms/shop";
const POOL = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Abc";
const TOOLKIT = "https://identitytoolkit.googleapis.com/google.identity.identitytoolkit.v1.IdentityToolkit";
const ACTIONS = {
  iss: "https://token.actions.githubusercontent.com",
  sub: "repo:acme/infra:ref:refs/heads/main",
  exp: NOW + 5 * MINUTE,
};
const LEGACY = "kubernetes.io/serviceaccount/";

const identity: readonly Case[] = [
  [
    "Entra: Key Vault makes other credentials readable",
    { ...V2, azp: "c", aud: "cfa8b339-82a2-471a-a3c9-0fc0be7a4093", scp: "user_impersonation" },
    {
      type: "Microsoft Entra token",
      kind: "access",
      dictionary: "entra",
      traits: { power: 4, reach: "mints" },
      facts: { tenant: TID, api: "Key Vault" },
    },
  ],
  [
    "Entra: storage keeps secrets of others",
    { ...V2, appid: "c", aud: "https://storage.azure.com/", scp: "user_impersonation" },
    {
      type: "Microsoft Entra token",
      kind: "access",
      dictionary: "entra",
      traits: { power: 3, reach: "secrets-likely" },
    },
  ],
  [
    "Entra: mail of others",
    { ...V2, azp: "c", aud: "https://graph.microsoft.com", roles: ["Mail.Read"] },
    {
      type: "Microsoft Entra token",
      kind: "access",
      dictionary: "entra",
      traits: { reach: "secrets-likely", data: "confidential" },
    },
  ],
  [
    "Entra: an ID token names no client",
    { ...V2, aud: "c", name: "Jo", wids: ["62e90394-69f5-4237-9190-012177145e10"] },
    {
      type: "Microsoft Entra token",
      kind: "id",
      dictionary: "entra",
      traits: { power: 1, breadth: "single" },
      facts: { "directory role": "Global Administrator" },
    },
  ],
  [
    "Entra: a managed identity tells its subscription",
    {
      ...V2,
      azp: "c",
      aud: "https://management.azure.com",
      idtyp: "app",
      xms_mirid: "/subscriptions/s1/resourcegroups/rg/providers/x",
    },
    {
      type: "Microsoft Entra token",
      kind: "access",
      dictionary: "entra",
      facts: { account: "s1", "subject kind": "client" },
      traits: { power: 4, breadth: "multi" },
    },
  ],
  [
    "Entra: groups too many to list are noted",
    { ...V2, azp: "c", aud: "api://x", scp: "a", _claim_names: { groups: "src1" } },
    {
      type: "Microsoft Entra token",
      kind: "access",
      dictionary: "entra",
      facts: { groups: "hidden (too many to list)" },
    },
  ],
  [
    "Auth0: user info is no audience",
    {
      iss: "https://acme.eu.auth0.com/",
      aud: ["https://api.acme.com", "https://acme.eu.auth0.com/userinfo"],
      scope: "openid read:x",
      sub: "auth0|1",
    },
    { type: "Auth0 token", kind: "access", audiences: ["https://api.acme.com"], facts: { "subject kind": "user" } },
  ],
  [
    "Auth0: the Management API has its own dictionary",
    {
      iss: "https://acme.eu.auth0.com/",
      aud: "https://acme.eu.auth0.com/api/v2/",
      scope: "create:users",
      sub: "c@clients",
      gty: "client-credentials",
    },
    {
      type: "Auth0 token",
      kind: "access",
      dictionary: "auth0",
      scopes: ["create:users"],
      facts: { grant: "client-credentials", "subject kind": "client" },
    },
  ],
  [
    "Okta: the org's own API",
    {
      iss: "https://acme.okta.com",
      aud: "https://acme.okta.com",
      ver: 1,
      scp: ["okta.users.manage"],
      cid: "c",
      uid: "u",
      sub: "jo@acme.com",
    },
    {
      type: "Okta token",
      kind: "access",
      dictionary: "okta",
      scopes: ["okta.users.manage"],
      traits: { reach: "mints" },
      facts: { "authorization server": "org", client: "c" },
    },
  ],
  [
    "Okta: a preview organization is staging",
    { iss: "https://acme.oktapreview.com/oauth2/as1", scp: ["a"], cid: "c" },
    {
      type: "Okta token",
      kind: "access",
      dictionary: "okta",
      traits: { environment: "staging" },
      facts: { "authorization server": "as1" },
    },
  ],
  [
    "Keycloak: every client with roles is an audience",
    {
      iss: REALM,
      typ: "Bearer",
      azp: "web",
      aud: ["orders", "account"],
      resource_access: { orders: { roles: ["editor"] }, pay: { roles: ["viewer"] } },
      realm_access: { roles: ["user"] },
    },
    {
      type: "Keycloak token",
      kind: "access",
      dictionary: "keycloak",
      audiences: ["orders", "account", "pay"],
      roles: ["user", "editor", "viewer"],
      facts: { realm: "shop" },
    },
  ],
  [
    "Keycloak: the default audience is none",
    { iss: REALM, typ: "Bearer", aud: "account", resource_access: { account: { roles: ["view-profile"] } } },
    { type: "Keycloak token", kind: "access", dictionary: "keycloak", traits: { breadth: "cross" } },
  ],
  [
    "Keycloak: an ID token",
    { iss: REALM, typ: "ID", aud: "web", azp: "web" },
    { type: "Keycloak token", kind: "id", dictionary: "keycloak", traits: { power: 1 } },
  ],
  [
    "Cognito: a group is no IAM role",
    { iss: POOL, token_use: "access", client_id: "c", scope: "openid", "cognito:groups": ["Admins"], sub: "u" },
    { type: "Amazon Cognito token", kind: "access", roles: ["Admins"], facts: { region: "eu-west-1" } },
  ],
  [
    "Cognito: the user's own account",
    { iss: POOL, token_use: "access", client_id: "c", scope: "aws.cognito.signin.user.admin", sub: "u" },
    { type: "Amazon Cognito token", kind: "access", traits: { power: 3, breadth: "single" } },
  ],
  [
    "Cognito: an ID token with a role is worth AWS credentials",
    { iss: POOL, token_use: "id", aud: "c", "cognito:roles": ["arn:aws:iam::210987654321:role/Deploy"] },
    {
      type: "Amazon Cognito token",
      kind: "id",
      dictionary: "aws",
      roles: ["Deploy"],
      traits: { power: 4, reach: "mints" },
      facts: { account: "210987654321" },
    },
  ],
  [
    "Google: a person's ID token",
    {
      iss: "https://accounts.google.com",
      aud: "1-x.apps.googleusercontent.com",
      sub: "1",
      email: "jo@acme.com",
      hd: "acme.com",
    },
    { type: "Google ID token", kind: "id", dictionary: "google", traits: { power: 1 }, facts: { org: "acme.com" } },
  ],
  [
    "Google: a machine's ID token calls Cloud Run",
    { iss: "https://accounts.google.com", aud: "https://x-ab.a.run.app", sub: "1", email: SA },
    {
      type: "Google ID token",
      kind: "workload",
      dictionary: "google",
      traits: { power: 3, breadth: "service" },
      facts: { project: "acme-prod", subject: SA },
    },
  ],
  [
    "Google: a service account calls an API by itself",
    { iss: SA, sub: SA, aud: "https://secretmanager.googleapis.com/", exp: NOW + HOUR },
    { type: "Google service account JWT", kind: "access", dictionary: "google", traits: { power: 4, reach: "mints" } },
  ],
  [
    "Google: an assertion leaves its scope to the dictionary",
    { iss: SA, aud: "https://oauth2.googleapis.com/token", scope: "https://www.googleapis.com/auth/drive" },
    {
      type: "Google service account JWT",
      kind: "assertion",
      dictionary: "google",
      scopes: ["https://www.googleapis.com/auth/drive"],
    },
  ],
  [
    "Google: domain-wide delegation acts as a user",
    {
      iss: SA,
      sub: "jo@acme.com",
      aud: "https://oauth2.googleapis.com/token",
      scope: "https://www.googleapis.com/auth/admin.directory.user",
    },
    {
      type: "Google service account JWT",
      kind: "assertion",
      dictionary: "google",
      traits: { power: 5, breadth: "cross", reach: "mints" },
    },
  ],
  [
    "Firebase: the ID token is what the database takes",
    { iss: "https://securetoken.google.com/acme", aud: "acme", sub: "u", firebase: { sign_in_provider: "password" } },
    {
      type: "Firebase token",
      kind: "session",
      dictionary: "google",
      traits: { power: 3, breadth: "single" },
      facts: { project: "acme" },
    },
  ],
  [
    "Firebase: a session cookie",
    { iss: "https://session.firebase.google.com/acme", aud: "acme", sub: "u", exp: NOW + 14 * DAY },
    { type: "Firebase token", kind: "session", dictionary: "google", traits: { power: 3 } },
  ],
  [
    "Firebase: a custom claim is for the dictionary",
    { iss: "https://securetoken.google.com/acme", aud: "acme", sub: "u", admin: true },
    { type: "Firebase token", kind: "session", dictionary: "google", roles: ["admin"], traits: { breadth: "service" } },
  ],
  [
    "Firebase: a custom token becomes a session",
    { iss: SA, sub: SA, aud: TOOLKIT, uid: "u" },
    { type: "Firebase custom token", kind: "assertion", dictionary: "google", traits: { power: 3, refresh: true } },
  ],
  [
    "Firebase: App Check only attests",
    { iss: "https://firebaseappcheck.googleapis.com/123", aud: ["projects/123"] },
    { type: "Firebase App Check token", kind: "session", traits: { power: 1 } },
  ],
  [
    "Supabase: a user's session",
    {
      iss: "https://abcdefghijklmnopqrst.supabase.co/auth/v1",
      aud: "authenticated",
      role: "authenticated",
      aal: "aal1",
      sub: "u",
    },
    {
      type: "Supabase key",
      kind: "session",
      traits: { power: 3, breadth: "single" },
      facts: { project: "abcdefghijklmnopqrst" },
    },
  ],
  [
    "Hasura: roles in an object",
    {
      "https://hasura.io/jwt/claims": { "x-hasura-default-role": "user", "x-hasura-allowed-roles": ["user", "admin"] },
    },
    {
      type: "Hasura token",
      kind: "access",
      dictionary: "hasura",
      roles: ["user", "admin"],
      traits: { data: "confidential" },
    },
  ],
  [
    "Hasura: roles in JSON text",
    { "https://hasura.io/jwt/claims": '{"X-Hasura-Default-Role":"editor"}' },
    { type: "Hasura token", kind: "access", dictionary: "hasura", roles: ["editor"] },
  ],
  [
    "PostgREST: the superuser",
    { role: "postgres", exp: NOW },
    { type: "PostgREST token", kind: "access", traits: { power: 4, data: "confidential" } },
  ],
  [
    "Directus: an administrator",
    { id: "u", role: "r", app_access: true, admin_access: true, iss: "directus" },
    {
      type: "Directus token",
      kind: "access",
      dictionary: "directus",
      roles: ["admin_access"],
      traits: { data: "confidential" },
    },
  ],
];

const workloads: readonly Case[] = [
  [
    "Kubernetes: the default account can do little",
    {
      iss: "kubernetes/serviceaccount",
      [`${LEGACY}namespace`]: "shop",
      [`${LEGACY}service-account.name`]: "default",
      [`${LEGACY}secret.name`]: "default-token-x",
    },
    {
      type: "Kubernetes service account token",
      kind: "access",
      dictionary: "kubernetes",
      expires: "never",
      traits: { power: 2 },
      facts: { "secret name": "default-token-x", subject: "system:serviceaccount:shop:default" },
    },
  ],
  [
    "Kubernetes: Argo CD rules the cluster",
    {
      iss: "https://container.googleapis.com/v1/projects/p1/locations/l/clusters/c1",
      sub: "system:serviceaccount:argocd:argocd-application-controller",
      "kubernetes.io": { namespace: "argocd", serviceaccount: { name: "argocd-application-controller" }, warnafter: 1 },
    },
    {
      type: "Kubernetes service account token",
      kind: "access",
      dictionary: "kubernetes",
      traits: { power: 5 },
      facts: { project: "p1", cluster: "c1" },
    },
  ],
  [
    "Kubernetes: IRSA is worth AWS credentials",
    {
      iss: "https://oidc.eks.eu-west-1.amazonaws.com/id/ABC",
      aud: ["sts.amazonaws.com"],
      sub: "system:serviceaccount:shop:cart",
      "kubernetes.io": { namespace: "shop" },
    },
    {
      type: "Kubernetes service account token",
      kind: "workload",
      dictionary: "kubernetes",
      traits: { power: 4, breadth: "multi", reach: "mints" },
      facts: { region: "eu-west-1", cluster: "ABC" },
    },
  ],
  [
    "GitHub Actions: both forms of the subject",
    { ...ACTIONS, sub: "repo:acme@1/infra@2:environment:production", aud: "https://github.com/acme" },
    {
      type: "GitHub Actions ID token",
      kind: "workload",
      dictionary: "github",
      traits: { power: 3, reach: "mints" },
      facts: { repository: "acme/infra", org: "acme", "deployment environment": "production" },
    },
  ],
  [
    "GitHub Actions: the old form of the subject",
    { ...ACTIONS, aud: "api://AzureADTokenExchange" },
    {
      type: "GitHub Actions ID token",
      kind: "workload",
      dictionary: "github",
      traits: { power: 4 },
      facts: { repository: "acme/infra", ref: "refs/heads/main" },
    },
  ],
  [
    "GitHub Actions: trusted publishing",
    { ...ACTIONS, aud: "npm:registry.npmjs.org" },
    {
      type: "GitHub Actions ID token",
      kind: "workload",
      dictionary: "github",
      traits: { power: 3, breadth: "single", reach: "mints" },
    },
  ],
  [
    "GitHub Actions: an Enterprise Server",
    { iss: "https://git.acme.com/_services/token", sub: "repo:a/b:pull_request", aud: "sigstore" },
    { type: "GitHub Actions ID token", kind: "workload", dictionary: "github", traits: { power: 3, reach: "mints" } },
  ],
  [
    "GitHub Actions: the runtime token poisons caches",
    { ac: "[]", scp: "Actions.Results:run:job", orchid: "x", exp: NOW },
    { type: "GitHub Actions runtime token", kind: "session", traits: { power: 3, reach: "mints" }, scopes: [] },
  ],
  [
    "GitHub App: makes installation tokens",
    { iss: 12345, iat: NOW - 60, exp: NOW + 540 },
    {
      type: "GitHub App JWT",
      kind: "assertion",
      dictionary: "github",
      traits: { power: 4, breadth: "cross", reach: "mints" },
      facts: { app: "12345" },
    },
  ],
  [
    "GitLab: a job for Vault",
    {
      iss: "https://gitlab.com",
      aud: "https://vault.acme.com",
      sub: "project_path:g/p:ref_type:branch:ref:main",
      project_path: "g/p",
      namespace_path: "g",
      project_id: "7",
      ref_protected: "false",
      user_email: "jo@acme.com",
    },
    {
      type: "GitLab CI ID token",
      kind: "workload",
      dictionary: "gitlab",
      traits: { power: 4, reach: "mints" },
      facts: { repository: "g/p", project: "7", "ref protected": "false" },
    },
  ],
  [
    "CircleCI",
    {
      iss: "https://oidc.circleci.com/org/o1",
      aud: "o1",
      sub: "org/o1/project/p/user/u",
      "oidc.circleci.com/project-id": "p",
    },
    {
      type: "CircleCI ID token",
      kind: "workload",
      traits: { power: 3, reach: "mints" },
      facts: { org: "o1", project: "p" },
    },
  ],
  [
    "Bitbucket",
    {
      iss: "https://api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc",
      aud: "ari:cloud:bitbucket::workspace/1",
      sub: "{r}:{s}",
    },
    { type: "Bitbucket Pipelines ID token", kind: "workload", facts: { org: "acme" }, traits: { power: 3 } },
  ],
  [
    "Buildkite",
    {
      iss: "https://agent.buildkite.com",
      aud: "sts.amazonaws.com",
      organization_slug: "acme",
      pipeline_slug: "deploy",
    },
    { type: "Buildkite ID token", kind: "workload", facts: { org: "acme", project: "deploy" }, traits: { power: 4 } },
  ],
  [
    "Azure Pipelines",
    { iss: "https://vstoken.dev.azure.com/acme", aud: "api://AzureADTokenExchange", sub: "sc://acme/shop/prod" },
    {
      type: "Azure Pipelines ID token",
      kind: "workload",
      facts: { org: "acme", "service connection": "prod" },
      traits: { power: 4 },
    },
  ],
  [
    "HCP Terraform: a plan can do less",
    {
      iss: "https://app.terraform.io",
      aud: "aws.workload.identity",
      terraform_run_phase: "plan",
      terraform_organization_name: "acme",
    },
    {
      type: "HCP Terraform ID token",
      kind: "workload",
      traits: { power: 3, breadth: "multi" },
      facts: { "run phase": "plan" },
    },
  ],
  [
    "HCP Terraform: an apply can do more",
    { iss: "https://app.terraform.io", aud: "aws.workload.identity", terraform_run_phase: "apply" },
    { type: "HCP Terraform ID token", kind: "workload", traits: { power: 4, breadth: "multi", reach: "mints" } },
  ],
  [
    "Spacelift and its like",
    { iss: "https://acme.app.spacelift.io", aud: "acme.app.spacelift.io", sub: "space:root" },
    { type: "CI ID token", kind: "workload", traits: { power: 3 } },
  ],
  [
    "SPIFFE",
    { sub: "spiffe://prod.acme.com/ns/shop", aud: ["spiffe://prod.acme.com/db"], exp: NOW },
    { type: "SPIFFE JWT-SVID", kind: "workload", facts: { "trust domain": "prod.acme.com" }, traits: { power: 3 } },
  ],
  [
    "Nomad",
    { nomad_namespace: "default", nomad_job_id: "web", aud: "vault.io" },
    { type: "Nomad workload identity", kind: "workload", facts: { job: "web" }, traits: { power: 4, reach: "mints" } },
  ],
  [
    "Vault",
    { iss: "https://vault.acme.com/v1/identity/oidc", sub: "e1", aud: "x", namespace: "root" },
    { type: "Vault identity token", kind: "workload", dictionary: "vault", facts: { entity: "e1" } },
  ],
  [
    "Consul",
    { iss: "https://auto.acme.com", consul_node_name: "n1", aud: "y" },
    { type: "service mesh token", kind: "workload", facts: { node: "n1" } },
  ],
];

const products: readonly Case[] = [
  [
    "JFrog: every service",
    { iss: "jfac@01abc", scp: "applied-permissions/admin", aud: "*@*", sub: "jfac@01abc/users/ci" },
    {
      type: "JFrog access token",
      kind: "access",
      dictionary: "jfrog",
      scopes: ["applied-permissions/admin"],
      traits: { breadth: "cross" },
      expires: "never",
    },
  ],
  [
    "a container registry",
    {
      iss: "auth.docker.io",
      aud: "registry.docker.io",
      access: [{ type: "repository", name: "acme/web", actions: ["pull", "push"] }],
    },
    {
      type: "container registry token",
      kind: "access",
      dictionary: "docker-registry",
      scopes: ["pull", "push"],
      traits: { breadth: "single" },
      facts: { repository: "acme/web" },
    },
  ],
  [
    "Argo CD: an API key that never expires",
    { iss: "argocd", sub: "ci:apiKey", jti: "j" },
    {
      type: "Argo CD token",
      kind: "access",
      expires: "never",
      traits: { power: 4, reach: "mints" },
      facts: { account: "ci" },
    },
  ],
  [
    "Argo CD: one project",
    { iss: "argocd", sub: "proj:shop:deployer" },
    { type: "Argo CD token", kind: "access", traits: { power: 3, breadth: "service" }, facts: { project: "shop" } },
  ],
  [
    "Portainer: an administrator",
    { id: 1, username: "admin", role: 1, forceChangePassword: false },
    { type: "Portainer session", kind: "session", traits: { power: 4 } },
  ],
  [
    "Gitea: a refresh token",
    { gnt: 1, tt: 1, exp: NOW },
    { type: "Gitea OAuth token", kind: "refresh", traits: { refresh: true, reach: "mints" } },
  ],
  [
    "Salesforce: a sandbox",
    { scp: "api refresh_token", sub: "uid:005", iss: "https://acme.my.salesforce.com" },
    {
      type: "Salesforce access token",
      kind: "access",
      dictionary: "salesforce",
      scopes: ["api", "refresh_token"],
      traits: { environment: "staging" },
      facts: { org: "00D1" },
    },
    { tty: "sfdc-core-token", tnk: "core/test/00D1" },
  ],
  [
    "Slack: sign-in only",
    { iss: "https://slack.com", aud: "c", "https://slack.com/team_id": "T1" },
    { type: "Slack ID token", kind: "id", dictionary: "slack", traits: { power: 1 }, facts: { org: "T1" } },
  ],
  [
    "Zoom: an access token without its scopes",
    { aud: "https://oauth.zoom.us", iss: "zm:cid:abc", aid: "acc" },
    {
      type: "Zoom access token",
      kind: "access",
      dictionary: "zoom",
      traits: { power: 3 },
      facts: { account: "acc", client: "abc" },
    },
  ],
  [
    "Zoom: the host of a meeting",
    { appKey: "k", mn: 123, role: 1, tokenExp: NOW },
    { type: "Zoom Meeting SDK signature", kind: "session", expires: NOW, traits: { power: 3, breadth: "single" } },
  ],
  [
    "Zoom: a retired JWT app",
    { iss: "A".repeat(22), exp: NOW + 365 * DAY },
    { type: "Zoom JWT app token", kind: "access", traits: { power: 4 } },
    { alg: "HS256" },
  ],
  [
    "Atlassian: an access token",
    { iss: "https://auth.atlassian.com", scope: "read:jira-work", client_id: "c", aud: "c" },
    { type: "Atlassian access token", kind: "access", dictionary: "atlassian", scopes: ["read:jira-work"] },
  ],
  [
    "Atlassian Connect: one request",
    { iss: "key", qsh: "abc", exp: NOW + 180 },
    { type: "Atlassian Connect JWT", kind: "assertion", traits: { power: 2, breadth: "single" } },
  ],
  [
    "Atlassian Connect: a session",
    { iss: "key", qsh: "context-qsh" },
    { type: "Atlassian Connect JWT", kind: "session", traits: { power: 3 } },
  ],
  [
    "Atlassian Forge",
    { aud: "ari:cloud:ecosystem::app/1", app: {} },
    { type: "Atlassian Forge invocation token", kind: "session", traits: { power: 2 } },
  ],
  [
    "Apple: a client secret needs a code",
    { iss: "ABCDE12345", sub: "com.acme", aud: "https://appleid.apple.com", exp: NOW },
    {
      type: "Sign in with Apple client secret",
      kind: "assertion",
      traits: { possession: "partial" },
      facts: { team: "ABCDE12345" },
    },
    { alg: "ES256", kid: "ABCDE12345" },
  ],
  [
    "Apple: an ID token",
    { iss: "https://appleid.apple.com", aud: "com.acme", sub: "1" },
    { type: "Sign in with Apple ID token", kind: "id", traits: { power: 1 } },
  ],
  [
    "Apple: App Store Connect publishes",
    { iss: "u", aud: "appstoreconnect-v1", exp: NOW },
    { type: "App Store Connect token", kind: "access", traits: { power: 4, reach: "mints" } },
    { alg: "ES256" },
  ],
  [
    "Apple: App Store Connect, only GET",
    { iss: "u", aud: "appstoreconnect-v1", scope: ["GET /v1/apps"], exp: NOW },
    { type: "App Store Connect token", kind: "access", scopes: ["GET /v1/apps"], traits: { power: 2, reach: "none" } },
    { alg: "ES256" },
  ],
  [
    "Apple: push notifications end an hour after issue",
    { iss: "ABCDE12345", iat: NOW },
    { type: "Apple developer token", kind: "access", expires: NOW + HOUR, traits: { power: 3 } },
    { alg: "ES256", kid: "ABCDE12345" },
  ],
  [
    "Apple: MusicKit searches a catalogue",
    { iss: "ABCDE12345", iat: NOW, exp: NOW + 180 * DAY },
    { type: "Apple developer token", kind: "access", traits: { power: 1, data: "public" } },
    { alg: "ES256", kid: "ABCDE12345" },
  ],
  [
    "Twilio: any room",
    { iss: "SK1", sub: "AC1", grants: { identity: "jo", video: {} } },
    {
      type: "Twilio access token",
      kind: "session",
      traits: { power: 3, breadth: "service" },
      facts: { account: "AC1" },
    },
    { alg: "HS256", cty: "twilio-fpa;v=1" },
  ],
  [
    "Twilio: one room",
    { iss: "SK1", sub: "AC1", grants: { identity: "jo", video: { room: "r" } } },
    { type: "Twilio access token", kind: "session", traits: { breadth: "single" } },
    { alg: "HS256", cty: "twilio-fpa;v=1" },
  ],
  [
    "LiveKit: every room",
    { iss: "API1", sub: "x", video: { roomCreate: true } },
    { type: "LiveKit token", kind: "session", traits: { power: 4, breadth: "service" } },
  ],
  [
    "LiveKit: one room",
    { iss: "API1", sub: "x", video: { room: "r", roomJoin: true } },
    { type: "LiveKit token", kind: "session", traits: { power: 3, breadth: "single" } },
  ],
  [
    "Stream: a user",
    { user_id: "jo" },
    { type: "Stream token", kind: "session", traits: { power: 3, breadth: "single" } },
    { alg: "HS256" },
  ],
  [
    "Stream: the server",
    { resource: "*", action: "*", feed_id: "*" },
    { type: "Stream token", kind: "key", expires: "never", traits: { power: 4, reach: "mints" } },
    { alg: "HS256" },
  ],
  [
    "Ably: everything",
    { "x-ably-capability": '{"*":["*"]}' },
    { type: "Ably JWT", kind: "session", traits: { power: 4, breadth: "service" } },
    { alg: "HS256", kid: "app.key" },
  ],
  [
    "Ably: listening to one channel",
    { "x-ably-capability": '{"news":["subscribe"]}' },
    { type: "Ably JWT", kind: "session", traits: { power: 2, breadth: "single" } },
    { alg: "HS256" },
  ],
  [
    "Centrifugo",
    { sub: "42", channels: ["news"], exp: NOW },
    { type: "Centrifugo token", kind: "session", traits: { power: 2, breadth: "single" } },
    { alg: "HS256" },
  ],
  [
    "Pusher Beams",
    { iss: "https://i1.pushnotifications.pusher.com", sub: "u" },
    { type: "Pusher Beams token", kind: "session", traits: { power: 1 } },
  ],
  [
    "VAPID",
    { aud: "https://fcm.googleapis.com", exp: NOW + 12 * HOUR, sub: "mailto:ops@acme.com" },
    { type: "VAPID token", kind: "assertion", traits: { power: 1 } },
    { alg: "ES256" },
  ],
  [
    "Snowflake: an administrator by name",
    { iss: "ACME-EU.SYSADMIN.SHA256:abc=", sub: "ACME-EU.SYSADMIN" },
    {
      type: "Snowflake key-pair JWT",
      kind: "access",
      traits: { power: 4 },
      facts: { account: "ACME-EU", issuer: "ACME-EU" },
    },
  ],
  [
    "Databricks: a workspace",
    {
      iss: "https://dbc-1.cloud.databricks.com/oidc",
      aud: "1",
      client_id: "c",
      sub: "c",
      scope: "all-apis offline_access",
    },
    {
      type: "Databricks access token",
      kind: "access",
      dictionary: "databricks",
      scopes: ["all-apis", "offline_access"],
      traits: { breadth: "service", reach: "mints" },
    },
  ],
  [
    "Databricks: the account",
    { iss: "https://accounts.cloud.databricks.com/oidc/accounts/a1", client_id: "c", scope: "all-apis" },
    {
      type: "Databricks access token",
      kind: "access",
      dictionary: "databricks",
      traits: { breadth: "multi" },
      facts: { account: "a1" },
    },
  ],
  [
    "OpenAI",
    {
      iss: "https://auth.openai.com",
      "https://api.openai.com/auth": { chatgpt_plan_type: "pro" },
      scp: ["openid", "offline_access"],
    },
    { type: "OpenAI user session", kind: "access", traits: { power: 3, reach: "secrets-likely" } },
  ],
  [
    "Cursor",
    { iss: "https://authentication.cursor.sh", scope: "openid offline_access", sub: "auth0|1" },
    { type: "coding assistant session", kind: "session", traits: { power: 3 } },
  ],
  [
    "Metabase",
    { resource: { dashboard: 7 }, params: {} },
    {
      type: "Metabase embedding token",
      kind: "session",
      traits: { power: 2, breadth: "single" },
      facts: { resource: "dashboard 7" },
    },
    { alg: "HS256" },
  ],
  [
    "Superset",
    { user: {}, resources: [{ type: "dashboard", id: "d" }], rls_rules: [] },
    { type: "Superset guest token", kind: "session", traits: { power: 2 } },
  ],
  [
    "Tableau",
    { iss: "c", aud: "tableau", sub: "jo@acme.com", scp: ["tableau:views:embed"] },
    { type: "Tableau connected app token", kind: "assertion", traits: { power: 3 } },
  ],
  [
    "Ghost",
    { aud: "/admin/", iat: NOW, exp: NOW + 300 },
    { type: "Ghost Admin API token", kind: "access", traits: { power: 4 } },
    { alg: "HS256", kid: "abc" },
  ],
  [
    "Temporal",
    { account_id: "a", aud: ["temporal.io"], iss: "temporal.io", key_id: "k", exp: NOW },
    { type: "Temporal Cloud API key", kind: "key", traits: { power: 4, reach: "mints" } },
  ],
  [
    "Scalr",
    { iss: "user", jti: "at-1" },
    { type: "Scalr API token", kind: "key", expires: "never", traits: { power: 4, reach: "mints" } },
  ],
  [
    "Home Assistant",
    { iss: "0123456789abcdef".repeat(2), iat: NOW, exp: NOW + 3650 * DAY },
    { type: "Home Assistant token", kind: "key", traits: { power: 4 }, facts: { "long-lived": "yes" } },
    { alg: "HS256" },
  ],
  [
    "Chainguard",
    { iss: "https://issuer.enforce.dev", aud: "https://console-api.enforce.dev", sub: "x" },
    { type: "Chainguard token", kind: "access", traits: { power: 3 } },
  ],
  [
    "1Password Connect: its vaults hold other credentials",
    {
      "1password.com/auuid": "AAAA",
      "1password.com/vts": [
        { u: "v1", a: 496 },
        { u: "v2", a: 48 },
      ],
      iss: "com.1password.b5",
    },
    {
      type: "1Password Connect token",
      kind: "key",
      traits: { power: 4, breadth: "multi", reach: "mints" },
      facts: { account: "AAAA", vaults: "2" },
    },
  ],
  [
    "Infisical: a machine identity reads secrets",
    { authTokenType: "identityAccessToken", identityId: "i-1", iat: NOW, exp: NOW + HOUR },
    { type: "Infisical token", kind: "key", traits: { power: 4, reach: "mints" }, facts: { identity: "i-1" } },
  ],
  [
    "Aikido and its like",
    { iss: "https://app.aikido.dev", sub: "x", scope: "basics:read" },
    { type: "service token", kind: "access", scopes: ["basics:read"], facts: { service: "app.aikido.dev" } },
  ],
];

function check(token: string, expected: Expected): void {
  const anatomy = decodeJwt(token);
  const { authority } = anatomy!;
  const [found, hinted] = [facts(anatomy), traits(anatomy)];
  assert.equal(found.type, expected.type);
  assert.equal(authority!.kind, expected.kind);
  assert.equal(authority!.dictionary, expected.dictionary ?? "generic");
  for (const name of ["scopes", "roles", "audiences", "expires"] as const) {
    if (name in expected) assert.deepEqual(authority![name], expected[name], name);
  }
  for (const [trait, value] of Object.entries(expected.traits ?? {})) assert.equal(hinted[trait], value, trait);
  for (const [name, value] of Object.entries(expected.facts ?? {})) assert.equal(found[name], value, name);
  assert.equal(JSON.stringify(anatomy).includes("jo@acme.com"), false);
}

for (const [group, cases] of Object.entries({ identity, workloads, products })) {
  describe(group, () => {
    for (const [name, claims, expected, header] of cases) test(name, () => check(mintJwt(claims, header), expected));
  });
}

const prefixed = (prefix: string) => `${prefix}${mintJwt({ exp: NOW })}`;

const wrapped: readonly (readonly [string, string, Expected])[] = [
  [
    "GitHub: an installation token of the new form",
    prefixed("ghs_12345_"),
    {
      type: "GitHub App installation token",
      kind: "access",
      dictionary: "github",
      traits: { power: 3, breadth: "multi", reach: "mints" },
      facts: { app: "12345" },
    },
  ],
  [
    "Workato: a prefix before the JWT",
    prefixed("wrkaus-"),
    { type: "Workato API token", kind: "key", traits: { power: 4, reach: "mints" }, facts: { region: "us" } },
  ],
  [
    "TeamCity: no algorithm, and a payload for the server",
    `${encode({ typ: "TCV2" })}.${encode("opaque")}.${encode("signature")}`,
    { type: "TeamCity access token", kind: "access", expires: undefined, traits: { power: 4, reach: "mints" } },
  ],
  [
    "Cognito: a refresh token is encrypted",
    mintJwe({ cty: "JWT", enc: "A256GCM", alg: "RSA-OAEP" }),
    { type: "Amazon Cognito refresh token", kind: "refresh", expires: undefined, traits: { power: 3, refresh: true } },
  ],
  [
    "a session of a web framework is encrypted with a key of its own server",
    mintJwe({ alg: "dir", enc: "A256GCM" }),
    { type: "token encrypted with a shared key", kind: "session", expires: undefined, traits: { power: 3 } },
  ],
];

for (const [name, token, expected] of wrapped) test(name, () => check(token, expected));

test("every profile is met by a case", () => {
  const met = new Set([...identity, ...workloads, ...products].map(([, , { type }]) => type));
  for (const [, , { type }] of wrapped) met.add(type);
  const missed = PROFILES.map(({ name }) => name).filter((name) => !met.has(name));
  assert.deepEqual(missed, []);
});

test("hostile claims cost little", () => {
  const long = (text: string) => text.repeat(Math.floor(45_000 / text.length));
  const started = performance.now();
  for (const text of ["/v1/", "a.", "@a", "union ", "https://a/", "repo:", "system:serviceaccount:", "-dev-", "../"]) {
    decodeJwt(mintJwt({ iss: long(text) }));
    decodeJwt(mintJwt({ sub: long(text), role: long(text) }));
    decodeJwt(mintJwt({ aud: long(`${text} `).split(" ") }));
    decodeJwt(mintJwt({}, { kid: long(text), jku: long(text) }));
  }
  assert.ok(performance.now() - started < 2000);
});
