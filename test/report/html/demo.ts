import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { mint, seededRandom } from "../../mint/mint.ts";

/** An organization's map: who owns which API, and how sensitive it is. */
const POLICY = `
boundaries:
  shop: { owner: team-shop, sensitivity: internal, environment: prod }
  payments: { owner: team-pay, sensitivity: regulated, environment: prod, regimes: [PCI-DSS] }
  people: { owner: people-tech, sensitivity: confidential, environment: prod }
  platform: { owner: team-platform, sensitivity: confidential, environment: prod, stores: [secrets, cicd] }
audiences:
  - { match: "https://api.shop.example/*", boundary: shop }
  - { match: "https://search.shop.example/*", boundary: shop }
  - { match: "https://pay.example/*", boundary: payments }
  - { match: "https://ledger.pay.example/*", boundary: payments }
  - { match: "urn:hr:*", boundary: people }
  - { match: "https://vault.acme.example/*", boundary: platform }
  - { match: "https://deploy.acme.example/*", boundary: platform }
issuers:
  - { match: "https://login.acme.example/", boundary: platform }
scopes:
  - { match: "orders:*", power: 3 }
  - { match: "search:read", power: 2 }
  - { match: "ledger:post", power: 4, data: regulated }
  - { match: "people:read", power: 2, data: confidential }
  - { match: "secrets:read", power: 4, reach: mints }
  - { match: "deploy:write", power: 4, reach: mints }
`;

const AUDIENCES = [
  "https://api.shop.example/v1",
  "https://search.shop.example/",
  "https://pay.example/v2",
  "https://ledger.pay.example/",
  "urn:hr:core",
  "https://vault.acme.example/",
  "https://deploy.acme.example/",
];

/** Which audiences, and with which scopes, the services of the organization ask for. */
const SERVICES: Readonly<Record<string, readonly [audiences: readonly number[], scope: string]>> = {
  "svc-checkout": [[0, 2, 3], "orders:write ledger:post"],
  "svc-search": [[0, 1], "search:read"],
  "svc-deploy": [[5, 6], "secrets:read deploy:write"],
  "svc-payroll": [[3, 4], "people:read ledger:post"],
  "svc-reports": [[0], "orders:read"],
};

const random = seededRandom(6);
const DAY = 86_400;
/** 2026-09-01. */
const NOW = 1_788_220_800;

/** A token of a service, issued some days ago, good for two years. */
function token(client: string, daysAgo: number, audiences: readonly string[], scope: string): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const issued = NOW - daysAgo * DAY;
  const claims = {
    iss: "https://login.acme.example/",
    sub: client,
    client_id: client,
    aud: audiences,
    scope,
    iat: issued,
    exp: issued + 730 * DAY,
  };
  return [part({ alg: "RS256", typ: "at+jwt" }), part(claims), mint("{{base64url 342}}", random)].join(".");
}

function serviceToken(client: string, daysAgo: number): string {
  const [audiences, scope] = SERVICES[client]!;
  return token(
    client,
    daysAgo,
    audiences.map((at) => AUDIENCES[at]!),
    scope,
  );
}

/** Versions of files, each a commit. */
type Commits = readonly Readonly<Record<string, string>>[];

function repositories(): Readonly<Record<string, Commits>> {
  const checkout = serviceToken("svc-checkout", 400);
  const github = mint("ghp_{{crc32-base62 30}}", random);
  return {
    shop: [
      { "services/checkout/.env": `ORDERS_TOKEN=${checkout}\n` },
      {
        "services/checkout/.env": `ORDERS_TOKEN=${serviceToken("svc-checkout", 90)}\n`,
        "services/search/client.ts": `export const auth = "Bearer ${serviceToken("svc-search", 200)}";\n`,
      },
      { "scripts/release.sh": `git push https://x-access-token:${github}@github.com/acme/shop.git\n` },
    ],
    billing: [
      {
        "config/production.yml": `ledger:\n  token: ${serviceToken("svc-payroll", 30)}\nstripe: ${mint("sk_live_{{alnum 24}}", random)}\n`,
      },
      {
        "test/http/checkout.http": `GET /v2/charges\nAuthorization: Bearer ${checkout}\n`,
        "config/production.yml": "ledger: {}\n",
      },
    ],
    platform: [
      {
        "terraform/env.auto.tfvars": `deploy_token = "${serviceToken("svc-deploy", 15)}"\nslack = "${mint("xoxb-{{digits 12}}-{{digits 13}}-{{alnum 24}}", random)}"\n`,
      },
      { "backup/id_rsa": mint("{{pem rsa}}", random), ".github/deploy.sh": `export GITHUB_TOKEN=${github}\n` },
    ],
    mobile: [
      {
        "app/src/main/assets/keys.json": JSON.stringify({
          reports: serviceToken("svc-reports", 10),
          search: serviceToken("svc-search", 20),
        }),
      },
    ],
  };
}

/** Makes repositories with minted secrets, scans their histories, and gives the JSON reports' paths. */
export function demoReports(folder: string, leakreach: string): readonly string[] {
  const policy = join(folder, "policy.yml");
  writeFileSync(policy, POLICY);
  return Object.entries(repositories()).map(([name, commits]) => {
    const root = join(folder, "work", name);
    mkdirSync(root, { recursive: true });
    git(root, ["init", "-q"]);
    for (const [at, files] of commits.entries()) commit(root, files, NOW - (380 - at * 170) * DAY);
    const file = join(folder, `${name}.json`);
    scan(leakreach, [
      "history",
      root,
      "--policy",
      policy,
      "--now",
      "2026-09-01T00:00:00Z",
      "--format",
      "json",
      "--output",
      `json=${file}`,
    ]);
    return file;
  });
}

/** The report of a folder with so many tokens, each of one of a few identities and good for some of many audiences. */
export function manyTokens(folder: string, count: number, leakreach: string): string {
  const policy = join(folder, "policy.yml");
  writeFileSync(policy, POLICY);
  const root = join(folder, `many-${count}`);
  mkdirSync(root, { recursive: true });
  for (let at = 0; at < count; at++) {
    const audiences = AUDIENCES.filter((_, index) => (at * 7 + index * 3) % 5 < 2).concat(
      at % 4 === 0 ? [`https://api-${at % 9}.partner-${at % 6}.test.example/`] : [],
    );
    const [, scope] = Object.values(SERVICES)[at % 5]!;
    writeFileSync(join(root, `token-${at}.txt`), token(`svc-${at % 17}`, at % 300, audiences, scope));
  }
  const file = join(folder, `many-${count}.json`);
  scan(leakreach, [
    "scan",
    root,
    "--policy",
    policy,
    "--now",
    "2026-09-01T00:00:00Z",
    "--format",
    "json",
    "--output",
    `json=${file}`,
  ]);
  return file;
}

function scan(leakreach: string, args: readonly string[]): void {
  const { status } = spawnSync(process.execPath, [leakreach, ...args, "--fail-on", "critical", "--quiet"], {
    stdio: "ignore",
  });
  if (status !== 0 && status !== 1) throw new Error(`the scan ended with ${status}`);
}

function commit(root: string, files: Readonly<Record<string, string>>, seconds: number): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  const date = `${Math.floor(seconds)} +0000`;
  const who = { NAME: "Demo", EMAIL: "demo@acme.example", DATE: date };
  const env = Object.fromEntries(
    ["AUTHOR", "COMMITTER"].flatMap((role) =>
      Object.entries(who).map(([name, value]) => [`GIT_${role}_${name}`, value]),
    ),
  );
  git(root, ["add", "-A"]);
  git(root, ["commit", "-q", "--no-verify", "-m", "change"], env);
}

function git(root: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): void {
  execFileSync("git", ["-C", root, "-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false", ...args], {
    env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", ...env },
  });
}
