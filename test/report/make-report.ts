import { randomBytes } from "node:crypto";
import {
  type BlobId,
  type Fact,
  type Factor,
  type Finding,
  type Level,
  levelOf,
  type Match,
  type Reach,
  type Report,
  type Rule,
  type RuleId,
  Secret,
  type Stats,
} from "../../src/model/index.ts";
import type { ReportOptions } from "../../src/report/index.ts";

/** Random base64url text: tokens are made when a test runs, so that this repository holds none. */
export function body(length: number): string {
  return randomBytes(length).toString("base64url").slice(0, length);
}

/** A random JWT of the given claims. */
export function makeJwt(claims: Readonly<Record<string, unknown>>): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return [part({ alg: "RS256", typ: "JWT" }), part(claims), body(86)].join(".");
}

export function makeRule(id: string, over: Partial<Rule> = {}): Rule {
  return {
    id: id as RuleId,
    provider: "Acme",
    name: `Acme ${id}`,
    impact: "Acts as its owner on every project its scopes reach.",
    keywords: ["acme_"],
    pattern: "",
    reach: {},
    revoke: { how: "Delete it under Settings, Tokens.", url: "https://acme.example/settings/tokens" },
    references: ["https://acme.example/docs/tokens"],
    ...over,
  };
}

export function makeMatch(
  rule: string,
  path: string,
  over: Partial<Match> & { line?: number; inner?: readonly string[] } = {},
): Match {
  const { line = 3, inner, ...rest } = over;
  return {
    rule: rule as RuleId,
    secret: new Secret(`acme_${body(36)}`),
    provenance: { kind: "file", path, ...(inner ? { inner } : {}) },
    blob: path as BlobId,
    span: { start: 40, end: 81 },
    region: { line, column: 9, endLine: line, endColumn: 50 },
    lineHash: "a7f2ff13bc495cf2:1",
    checksum: "good",
    encodings: [],
    parts: {},
    ...rest,
  };
}

export const factors: readonly Factor[] = [
  { name: "power", value: "4", weight: 7.5, reason: "controls a service or account" },
  { name: "breadth", value: "multi", weight: 0.5, reason: "reaches several services" },
  { name: "life", value: "none", weight: 1, reason: "never expires" },
  { name: "certainty", value: "checksum", weight: 1, reason: "checksum fits" },
];

export function makeReach(score: number, over: Partial<Reach> = {}): Reach {
  const level: Level = levelOf(score);
  return {
    level,
    stableLevel: level,
    score,
    impact: Math.max(score, 1),
    factors,
    reasons: ["can read or create other credentials", "never expires", "checksum fits"],
    remedies: [{ action: "Revoke it", where: "https://acme.example/settings/tokens" }],
    breaches: ["BR-LEAK"],
    references: [{ id: "CWE-798", title: "Use of Hard-coded Credentials" }],
    owners: [],
    boundaries: [],
    ...over,
  };
}

export function makeFinding(
  rule: string,
  score: number,
  over: Partial<Finding> & { paths?: readonly string[] } = {},
): Finding {
  const { paths = ["src/config.ts"], ...rest } = over;
  const secret = over.secret ?? new Secret(`acme_${body(36)}`);
  const [first, ...others] = paths.map((path, at) => makeMatch(rule, path, { secret, line: at + 3 }));
  return {
    fingerprint: `lr1:${randomBytes(16).toString("hex")}`,
    rule: rule as RuleId,
    secret,
    exposures: [first!, ...others],
    facts: [],
    reach: makeReach(score),
    pairedWith: [],
    ...rest,
  };
}

export const stats: Stats = {
  rules: 131,
  files: 1204,
  blobs: 1204,
  bytes: 12_345_678,
  archives: 2,
  candidates: 640,
  matches: 9,
  skipped: { "ignored by git": 31, excluded: 2 },
  suppressed: { "gitleaks comment": 2, ".leakreach.yml": 1 },
  none: 12,
  notices: [],
  milliseconds: 412,
};

export function makeReport(findings: readonly Finding[], over: Partial<Report> = {}): Report {
  return { findings, gaps: [], stats, complete: true, now: "2026-09-01T00:00:00Z", root: "/srv/shop", ...over };
}

export function makeOptions(over: Partial<ReportOptions> = {}): ReportOptions {
  const rules = [...fiveRules, makeRule("acme-token"), makeRule("acme-key", { keywords: ["ACME"] })];
  return {
    showSecrets: false,
    color: false,
    minLevel: "low",
    version: "0.1.0",
    rules: new Map(rules.map((rule) => [rule.id, rule])),
    ...over,
  };
}

const fiveRules: readonly Rule[] = [
  makeRule("github-pat", {
    provider: "GitHub",
    name: "GitHub personal access token (classic)",
    impact: "Acts as its owner on every repository the token's scopes reach.",
    keywords: [["gh", "p_"].join("")],
    revoke: {
      how: "Delete it under Settings → Developer settings → Personal access tokens; anyone who holds it can revoke it by POST /credentials/revoke.",
      url: "https://github.com/settings/tokens",
      command: `curl -X POST https://api.github.com/credentials/revoke -d '{"credentials":["<token>"]}'`,
    },
    references: ["https://docs.github.com/en/authentication"],
  }),
  makeRule("jwt", {
    provider: "JOSE",
    name: "JSON Web Token",
    impact: "Acts as its subject wherever its issuer is trusted, until it expires.",
    keywords: ["eyJ"],
  }),
  makeRule("aws-access-key", {
    provider: "AWS",
    name: "AWS access key with its secret",
    impact: "Acts as its IAM user on the whole account.",
    keywords: ["AKIA", "ASIA"],
  }),
  makeRule("generic-secret", {
    provider: "any",
    name: "Secret assigned to a telling name",
    impact: "Unknown: nothing about its value tells.",
    keywords: ["password"],
  }),
  makeRule("slack-bot-token", {
    provider: "Slack",
    name: "Slack bot token",
    impact: "Reads and posts in every channel its bot is in.",
    keywords: [["xo", "xb-"].join("")],
  }),
];

const claims: readonly Fact[] = [
  { name: "issuer", value: "https://login.acme.example/", basis: "claimed" },
  { name: "audience", value: "https://api.shop.example/, https://pay.example/, urn:hr:core", basis: "claimed" },
  { name: "scope", value: "orders:write ledger:post", basis: "claimed" },
  { name: "client", value: "svc-cart", basis: "claimed" },
  { name: "expires", value: "2026-09-01T12:00:00Z, in 12 hours; revocation not checked", basis: "claimed" },
  { name: "key id", value: "2026-04", basis: "claimed" },
  { name: "algorithm", value: "RS256", basis: "claimed" },
];

/** Five findings such as a real scan gives: several levels, files, encodings, an archive, a pair, owners. */
export function fiveFindings(): readonly Finding[] {
  const secrets = {
    github: new Secret(["gh", "p_", body(36)].join("")),
    jwt: new Secret(makeJwt({ iss: "https://login.acme.example/", scope: "orders:write ledger:post" })),
    aws: new Secret(["AK", "IA", body(16).toUpperCase()].join("")),
    generic: new Secret(body(24)),
    slack: new Secret(["xo", "xb-", body(40)].join("")),
  };
  const github = makeReach(10, {
    reasons: [
      "can read or create other credentials (Actions secrets, packages, deploy keys)",
      "never expires",
      "checksum fits: made by GitHub",
      "found in 3 files",
    ],
    remedies: [
      {
        action: "Revoke it, then remove it from history: Settings → Developer settings → Personal access tokens",
        where: "https://github.com/settings/tokens",
        command: `curl -X POST https://api.github.com/credentials/revoke -d '{"credentials":["<token>"]}'`,
      },
      { action: "Rotate what it could read: Actions secrets, deploy keys, packages of every repository of its owner" },
      { action: "Use a fine-grained token or OIDC federation in CI instead" },
      { action: "Look for its use in the GitHub audit log" },
    ],
    breaches: ["BR-LEAK", "BR-TTL", "BR-MINT"],
  });
  const jwt = makeReach(6.8, {
    reasons: [
      "lets the holder write and spend in payments (scope `ledger:post`)",
      "reaches 3 trust boundaries: shop, payments, hr: three owners, one of them regulated",
      "expires in 12 hours; revocation not checked",
    ],
    remedies: [
      { action: "Revoke the session or client at the issuer", where: "https://login.acme.example/", owner: "team-pay" },
      { action: "Split the audience: one token for each boundary (RFC 8707, RFC 8693)" },
    ],
    breaches: ["BR-SPAN", "BR-TTL"],
    owners: ["team-shop", "team-pay", "people-tech"],
  });
  return [
    makeFinding("github-pat", 10, {
      secret: secrets.github,
      exposures: [
        makeMatch("github-pat", "deploy/production.env", { secret: secrets.github, assignedTo: "GITHUB_TOKEN" }),
        makeMatch("github-pat", "scripts/release/publish-packages.sh", { secret: secrets.github, line: 118 }),
        makeMatch("github-pat", "backups/2025-11-30.tar.gz", {
          secret: secrets.github,
          inner: ["home/ci/.netrc"],
          line: 2,
        }),
      ],
      facts: [{ name: "checksum", value: "fits", basis: "proved" }],
      reach: github,
    }),
    makeFinding("jwt", 6.8, {
      secret: secrets.jwt,
      exposures: [
        makeMatch("jwt", "test/fixtures/http/checkout-session.http", {
          secret: secrets.jwt,
          line: 12,
          encodings: ["base64"],
        }),
      ],
      facts: claims,
      identity: "https://login.acme.example/ svc-cart",
      reach: jwt,
    }),
    makeFinding("aws-access-key", 9.5, {
      secret: secrets.aws,
      exposures: [
        makeMatch("aws-access-key", "deploy/production.env", {
          secret: secrets.aws,
          line: 7,
          assignedTo: "AWS_ACCESS_KEY_ID",
        }),
      ],
      facts: [{ name: "account", value: "581039954779", basis: "proved" }],
      pairedWith: ["lr1:0f1e2d3c4b5a69788796a5b4c3d2e1f0"],
      reach: makeReach(9.5, {
        reasons: ["controls the whole AWS account", "its secret stands 1 line below", "never expires"],
      }),
    }),
    makeFinding("slack-bot-token", 7.2, {
      secret: secrets.slack,
      paths: ["src/notify/slack.ts"],
      baseline: "new",
      reach: makeReach(7.2, { reasons: ["reads chat, where secrets are often pasted", "never expires"] }),
    }),
    makeFinding("generic-secret", 3.1, {
      secret: secrets.generic,
      exposures: [
        makeMatch("generic-secret", "docker-compose.yml", {
          secret: secrets.generic,
          line: 41,
          assignedTo: "DB_PASSWORD",
        }),
      ],
      reach: makeReach(3.1, {
        reasons: ["its name says password", "nothing about its value proves it"],
        remedies: [{ action: "Change the password, and read it from a secret store" }],
      }),
    }),
  ];
}
