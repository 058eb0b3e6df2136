import assert from "node:assert/strict";
import { test } from "node:test";
import type { Anatomy, Level, Policy, Reach, Rule } from "../../src/model/index.ts";
import { mint, seededRandom } from "../mint/mint.ts";
import {
  DAY,
  decode,
  factsOf,
  HOUR,
  inPublic,
  jwtRule,
  MINUTE,
  mintJwt,
  NOW,
  reachOf,
  reachOfClaims,
  ruleOf,
} from "./setup.ts";

interface Vector {
  readonly id: string;
  readonly of: string;
  readonly reach: () => Reach;
  /** `power/breadth/reach/data/life/possession/environment/certainty/exposure [+refresh]`. */
  readonly facts?: string;
  readonly score: number;
  readonly level: Level;
  readonly impact?: number;
  readonly breaches?: readonly string[];
  readonly says?: RegExp;
}

const minted = (template: string) => mint(template, seededRandom(7));
/** What the rule's own pattern finds in a minted text, decoded and summed as the rule says. */
const found =
  (rule: Rule, template: string, more = {}) =>
  () => {
    const text = minted(template);
    const { secret = text, ...parts } = new RegExp(rule.pattern).exec(text)?.groups ?? {};
    const named = Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
    return reachOf(rule, secret, { anatomy: decode(rule, secret, named), ...more });
  };
const claimed =
  (header: Record<string, unknown>, claims: Record<string, unknown>, more = {}) =>
  () =>
    reachOfClaims(header, claims, more);

const ACCESS = { typ: "at+jwt", alg: "RS256" };
const PLAIN = { typ: "JWT", alg: "RS256" };

const cart = {
  iss: "https://login.acme.example/",
  aud: "https://api.shop.example/",
  sub: "svc-cart",
  client_id: "cart",
  scope: "orders:read",
  iat: 1788220500,
  exp: 1788221400,
  jti: "a1",
};

const spanning = {
  ...cart,
  aud: ["https://api.shop.example/", "https://pay.example/", "urn:hr:core"],
  scope: "orders:write ledger:post",
  iat: NOW,
  exp: NOW + 12 * HOUR,
};

const tenant = "11111111-2222-3333-4444-555555555555";
const entra = {
  iss: `https://sts.windows.net/${tenant}/`,
  tid: tenant,
  ver: "1.0",
  appid: "aaaaaaaa-0000-0000-0000-000000000001",
};
const keycloak = "https://sso.northwind.io/realms/web";

const bound = {
  iss: "https://login.northwind.io/",
  aud: "https://api.northwind.io/",
  sub: "svc-cart",
  scope: "orders:write",
  exp: NOW + HOUR,
  cnf: { jkt: "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I" },
};

const controller = {
  iss: "kubernetes/serviceaccount",
  "kubernetes.io/serviceaccount/namespace": "kube-system",
  "kubernetes.io/serviceaccount/secret.name": "controller-token-abcde",
  "kubernetes.io/serviceaccount/service-account.name": "clusterrole-aggregation-controller",
  sub: "system:serviceaccount:kube-system:clusterrole-aggregation-controller",
};

const pod = {
  iss: "https://kubernetes.default.svc.cluster.local",
  aud: ["https://kubernetes.default.svc.cluster.local"],
  sub: "system:serviceaccount:shop:cart",
  "kubernetes.io": { namespace: "shop", pod: { name: "cart-0", uid: "u" }, serviceaccount: { name: "cart", uid: "u" } },
  exp: NOW + 40 * MINUTE,
};

const actions = {
  iss: "https://token.actions.githubusercontent.com",
  sub: "repo:acme@1/infra@2:environment:production",
  aud: "sts.amazonaws.com",
  repository: "acme/infra",
  repository_owner: "acme",
  environment: "production",
  exp: NOW + 4 * MINUTE,
};

const supabase = (role: string, iss = "supabase") => ({
  iss,
  ref: "abcdefghijklmnopqrst",
  role,
  iat: 1_700_000_000,
  exp: 2_015_576_000,
});

/** A token that its own key, found by guessing, verifies: the scan adds the weakness and the proof. */
function guessed(key: string): Reach {
  const secret = mintJwt({ alg: "HS256" }, { sub: "root", scope: "*" }, key);
  const anatomy = decode(jwtRule, secret)!;
  const weakness = { id: "E2", text: "its key is in every word list", cwe: [326, 1391], references: ["RFC 8725 2.2"] };
  const weak: Anatomy = { ...anatomy, weaknesses: [...anatomy.weaknesses, weakness] };
  return reachOf(jwtRule, secret, { anatomy: weak, policy: inPublic, proved: "word 1 of the built-in list" });
}

/** The last character of a token, changed to its neighbour in the alphabet. */
function changed(token: string): string {
  const last = token.at(-1)!;
  return (
    token.slice(0, -1) + (last === "z" ? "y" : String.fromCharCode(last.charCodeAt(0) + 1).replace(/[^A-Za-z0-9]/, "A"))
  );
}

const encrypted = () =>
  [JSON.stringify({ alg: "RSA-OAEP-256", enc: "A256GCM" }), "key", "iv of twelve", "text", "tag of sixteen b"]
    .map((part) => Buffer.from(part).toString("base64url"))
    .join(".");

const pat = ruleOf("github-pat");
const installation = ruleOf("github-app-installation");
const keyId = ruleOf(
  "aws-access-key-id",
  { power: 4, breadth: "multi", reach: "mints", data: "confidential", life: "none" },
  { decoder: "aws-key-id", pair: { rule: "aws-secret-access-key" as Rule["id"], lines: 5 } },
);
const sas = ruleOf("azure-sas", { power: 3 }, { decoder: "azure-sas" });
const pypi = ruleOf("pypi-token");
const stripe = { power: 4, breadth: "multi", data: "regulated", life: "none" } as const;
const stripeLive = ruleOf("stripe-secret-key", stripe, { decoder: "stripe" });
const slack = ruleOf(
  "slack-bot-token",
  { power: 3, reach: "secrets-likely", data: "confidential", life: "none" },
  { decoder: "slack" },
);
const sentry = ruleOf("sentry-org-token", { power: 3, life: "none" }, { decoder: "sentry" });
const cosmos = ruleOf(
  "azure-cosmos-key",
  { power: 4, reach: "secrets-likely", data: "confidential", life: "none" },
  { decoder: "azure-key", checksum: "azure-marvin32" },
);
const cluster = { power: 4, breadth: "multi", reach: "mints", data: "confidential", life: "unknown" } as const;
const kubeconfig = ruleOf("kubeconfig-client-key", cluster, { decoder: "kubeconfig" });
const mapbox = ruleOf("mapbox-token", { power: 3, life: "none" }, { decoder: "mapbox" });
const named = { checksum: "none", encodings: [], parts: {}, assignedTo: "JWT_SECRET" } as const;

const vectors: readonly Vector[] = [
  {
    id: "V01",
    of: "the classic of jwt.io",
    reach: claimed({ alg: "HS256", typ: "JWT" }, { sub: "1234567890", name: "John Doe", iat: 1516239022 }),
    score: 0,
    level: "none",
    says: /jwt\.io/,
  },
  {
    id: "V02",
    of: "a cart service's token for one API",
    reach: claimed(ACCESS, cart),
    facts: "2/service/none/internal/1h/bearer/prod/structure/internal",
    score: 2.8,
    level: "low",
    impact: 4,
    says: /lets the holder read in shop \(scope `orders:read`\)/,
  },
  {
    id: "V03",
    of: "the same, expired",
    reach: claimed(ACCESS, { ...cart, exp: 1788220000 }),
    facts: "2/service/none/internal/expired/bearer/prod/structure/internal",
    score: 0.4,
    level: "low",
    says: /^expired 13 min ago$/m,
  },
  {
    id: "V04",
    of: "a token good for three boundaries",
    reach: claimed(ACCESS, spanning),
    facts: "3/cross/none/regulated/24h/bearer/prod/structure/internal",
    score: 6.8,
    level: "medium",
    impact: 8.5,
    breaches: ["BR-SPAN", "BR-TTL"],
    says: /token is good for shop \(team-shop, internal\), payments \(team-pay, regulated, PCI-DSS\) and hr/,
  },
  {
    id: "V05",
    of: "everything, for ever, signed with `secret`, in public",
    reach: () => guessed("secret"),
    facts: "4/cross/none/confidential/none/bearer/unknown/verified/public",
    score: 10,
    level: "critical",
    breaches: ["BR-NOAUD", "BR-TTL", "BR-WEAK"],
    says: /has no audience, so every API of this issuer may accept it/,
  },
  {
    id: "V06",
    of: "an Entra application that assigns directory roles",
    reach: claimed(PLAIN, {
      ...entra,
      aud: "https://graph.microsoft.com",
      appidacr: "1",
      idtyp: "app",
      roles: ["RoleManagement.ReadWrite.Directory"],
      exp: NOW + 45 * MINUTE,
    }),
    facts: "5/service/mints/confidential/1h/bearer/unknown/structure/internal",
    score: 7,
    level: "high",
    impact: 10,
  },
  {
    id: "V07",
    of: "a Global Administrator in Azure Resource Manager",
    reach: claimed(PLAIN, {
      ...entra,
      aud: "https://management.azure.com/",
      scp: "user_impersonation",
      wids: ["62e90394-69f5-4237-9190-012177145e10"],
      xms_cc: ["cp1"],
      exp: NOW + 20 * HOUR,
    }),
    facts: "5/multi/mints/confidential/24h/bearer/unknown/structure/internal",
    score: 8,
    level: "high",
  },
  {
    id: "V08",
    of: "a user's own profile in Microsoft Graph",
    reach: claimed(PLAIN, {
      ...entra,
      aud: "https://graph.microsoft.com",
      scp: "User.Read openid profile",
      exp: NOW + 50 * MINUTE,
    }),
    facts: "2/single/none/internal/1h/bearer/unknown/structure/internal",
    score: 2.5,
    level: "low",
  },
  {
    id: "V09",
    of: "an offline token of the master realm's administrator",
    reach: claimed(PLAIN, {
      typ: "Offline",
      azp: "admin-cli",
      iss: "https://sso.acme.example/realms/master",
      resource_access: { "realm-management": { roles: ["realm-admin"] } },
      iat: NOW - DAY,
    }),
    facts: "5/cross/mints/confidential/none/bearer/prod/structure/internal +refresh",
    score: 10,
    level: "critical",
    breaches: ["BR-REFRESH"],
  },
  {
    id: "V10",
    of: "an ID token",
    reach: claimed(PLAIN, {
      iss: "https://login.northwind.io/",
      aud: "web",
      sub: "0193",
      nonce: "n1",
      exp: NOW + 30 * MINUTE,
    }),
    facts: "1/single/none/confidential/1h/bearer/unknown/structure/internal",
    score: 0.7,
    level: "low",
  },
  {
    id: "V11",
    of: "a sender-bound access token",
    reach: claimed(ACCESS, bound),
    facts: "3/service/none/confidential/1h/sender-bound/unknown/structure/internal",
    score: 1.3,
    level: "low",
    says: /bound to a key the thief does not have \(cnf\.jkt\)/,
  },
  {
    id: "V11 with its key",
    of: "the same beside its private key",
    reach: claimed(ACCESS, bound, { paired: "the matching private key is in `dev/key.pem`" }),
    facts: "3/service/none/confidential/1h/bearer/unknown/structure/internal",
    score: 4.2,
    level: "medium",
    says: /the matching private key is in `dev\/key\.pem`/,
  },
  {
    id: "V12",
    of: "a DPoP proof",
    reach: claimed(
      { typ: "dpop+jwt", alg: "ES256", jwk: { kty: "EC", crv: "P-256", x: "x", y: "y" } },
      { jti: "j1", htm: "POST", htu: "https://api.northwind.io/orders", iat: NOW },
    ),
    score: 0,
    level: "none",
  },
  {
    id: "V13",
    of: "a legacy token of a cluster controller, in public",
    reach: claimed(PLAIN, controller, { policy: inPublic }),
    facts: "5/multi/mints/confidential/none/bearer/unknown/structure/public",
    score: 10,
    level: "critical",
  },
  {
    id: "V14",
    of: "a pod's service account token",
    reach: claimed(PLAIN, pod),
    facts: "3/service/secrets-likely/internal/1h/bearer/unknown/structure/internal",
    score: 4.2,
    level: "medium",
  },
  {
    id: "V15",
    of: "a GitHub Actions job that becomes an AWS role",
    reach: claimed(PLAIN, actions),
    facts: "4/multi/mints/internal/5m/bearer/unknown/structure/internal",
    score: 4.8,
    level: "medium",
  },
  {
    id: "V16",
    of: "the same, expired, in a public log",
    reach: claimed(PLAIN, { ...actions, exp: NOW - HOUR }, { policy: inPublic }),
    facts: "4/multi/mints/internal/expired/bearer/unknown/structure/public",
    score: 1,
    level: "low",
  },
  {
    id: "V17",
    of: "Supabase's service role, in public",
    reach: claimed({ alg: "HS256", typ: "JWT" }, supabase("service_role"), { policy: inPublic }),
    facts: "4/service/mints/confidential/long/bearer/unknown/structure/public",
    score: 10,
    level: "critical",
  },
  {
    id: "V18",
    of: "Supabase's anonymous role",
    reach: claimed({ alg: "HS256", typ: "JWT" }, supabase("anon"), { policy: inPublic }),
    score: 0,
    level: "none",
    says: /check row level security/,
  },
  {
    id: "V19",
    of: "Supabase's demo key",
    reach: claimed({ alg: "HS256", typ: "JWT" }, supabase("service_role", "supabase-demo"), { policy: inPublic }),
    score: 0,
    level: "none",
  },
  {
    id: "V20",
    of: "a classic personal access token whose checksum fits",
    reach: found(pat, "ghp_{{crc32-base62 30}}"),
    facts: "4/multi/mints/confidential/none/bearer/unknown/checksum/internal",
    score: 10,
    level: "critical",
    says: /checksum fits/,
  },
  {
    id: "V21",
    of: "the same with one character changed",
    reach: () => reachOf(pat, changed(minted("ghp_{{crc32-base62 30}}"))),
    score: 1,
    level: "low",
    says: /checksum does not fit: not a live GitHub token/,
  },
  {
    id: "V22",
    of: "an installation token in a commit of 90 days ago",
    reach: () => {
      const secret = minted("ghs_{{crc32-base62 30}}");
      const match = { checksum: "none", encodings: [], parts: {} } as const;
      return reachOf(installation, secret, { match, seen: NOW - 90 * DAY });
    },
    facts: "3/multi/mints/internal/expired/bearer/unknown/prefix/internal",
    score: 0.7,
    level: "low",
    says: /presumed expired \(1 h life\)/,
  },
  {
    id: "V23",
    of: "an AWS key id with its secret three lines below",
    reach: found(keyId, "{{mint aws-key-id}}", { paired: "its secret stands 3 lines below" }),
    facts: "4/multi/mints/confidential/none/bearer/unknown/prefix/internal",
    score: 9.5,
    level: "critical",
  },
  {
    id: "V24",
    of: "an AWS key id alone",
    reach: found(keyId, "{{mint aws-key-id}}"),
    facts: "4/multi/mints/confidential/none/partial/unknown/prefix/internal",
    score: 1.4,
    level: "low",
  },
  {
    id: "V25",
    of: "an account-wide SAS until 2050",
    reach: found(sas, "{{mint azure-sas account se=2050-01-01}}"),
    facts: "4/multi/secrets-likely/confidential/long/bearer/unknown/structure/internal",
    score: 9.5,
    level: "critical",
  },
  {
    id: "V26",
    of: "a SAS for one blob and one address",
    reach: found(sas, "{{mint azure-sas blob sip=203.0.113.7}}"),
    facts: "2/single/none/internal/1h/network-bound/unknown/structure/internal",
    score: 1.7,
    level: "low",
  },
  {
    id: "V27",
    of: "a PyPI token for a whole account, in public",
    reach: found(pypi, "{{mint pypi user}}", { policy: inPublic }),
    facts: "4/multi/mints/internal/none/bearer/unknown/structure/public",
    score: 10,
    level: "critical",
  },
  {
    id: "V28",
    of: "a PyPI token for one project and 15 minutes",
    reach: found(pypi, `{{mint pypi project acme-lib ${NOW + 900} ${NOW}}}`),
    facts: "3/single/mints/internal/1h/bearer/unknown/structure/internal",
    score: 4.6,
    level: "medium",
  },
  {
    id: "V29",
    of: "a token of the test index",
    reach: found(ruleOf("pypi-test-token"), "{{mint pypi-test user}}"),
    facts: "4/multi/mints/internal/none/bearer/test/structure/internal",
    score: 3.5,
    level: "low",
  },
  {
    id: "V30",
    of: "a live Stripe key",
    reach: found(stripeLive, "sk_live_{{alnum 24}}"),
    facts: "4/multi/none/regulated/none/bearer/prod/prefix/internal",
    score: 9.5,
    level: "critical",
  },
  {
    id: "V31",
    of: "a Stripe key of test mode",
    reach: found(ruleOf("stripe-secret-key-test", stripe, { decoder: "stripe" }), "sk_test_{{alnum 24}}"),
    facts: "4/multi/none/internal/none/bearer/test/prefix/internal",
    score: 2.8,
    level: "low",
  },
  {
    id: "V32",
    of: "a Slack bot's token, in public",
    reach: found(slack, "{{mint slack-bot}}", { policy: inPublic }),
    facts: "3/service/secrets-likely/confidential/none/bearer/unknown/prefix/public",
    score: 7.2,
    level: "high",
  },
  {
    id: "V33",
    of: "a 1Password service account",
    reach: found(ruleOf("onepassword-service-account"), "{{mint onepassword}}"),
    facts: "5/multi/mints/confidential/none/bearer/unknown/structure/internal",
    score: 10,
    level: "critical",
  },
  {
    id: "V34",
    of: "a Sentry organization token",
    reach: found(sentry, "{{mint sentry-org glama}}"),
    facts: "3/service/none/internal/none/bearer/unknown/structure/internal",
    score: 6,
    level: "medium",
  },
  {
    id: "V35",
    of: "a read-only Cosmos DB key",
    reach: found(cosmos, "{{mint azure-key MastRO00 ACDb}}"),
    facts: "2/service/secrets-likely/confidential/none/bearer/unknown/checksum/internal",
    score: 5.5,
    level: "medium",
    says: /read-only key \(checksum seed MastRO00\)/,
  },
  {
    id: "V36",
    of: "a read-write Cosmos DB key",
    reach: found(cosmos, "{{mint azure-key MastRW00 ACDb}}"),
    facts: "4/service/secrets-likely/confidential/none/bearer/unknown/checksum/internal",
    score: 9,
    level: "high",
  },
  {
    id: "V37",
    of: "an encrypted token",
    reach: () => reachOf(jwtRule, encrypted()),
    facts: "3/service/none/internal/unknown/bearer/unknown/structure/internal",
    score: 5.5,
    level: "medium",
  },
  {
    id: "V38",
    of: "an unsigned token of an administrator",
    reach: claimed({ alg: "none" }, { sub: "root", role: "admin", exp: NOW + 20 * HOUR }),
    facts: "4/service/none/internal/24h/bearer/unknown/unsigned/internal",
    score: 1.8,
    level: "low",
    breaches: ["BR-WEAK"],
  },
  {
    id: "V39",
    of: "a kubeconfig of system:masters",
    reach: found(kubeconfig, "{{mint kubeconfig masters k8s.acme.io 300}}"),
    facts: "5/multi/mints/confidential/1y/bearer/unknown/structure/internal",
    score: 10,
    level: "critical",
  },
  {
    id: "V40",
    of: "a GitLab instance runner whose checksum fits",
    reach: found(ruleOf("gitlab-runner-token-routable"), "{{mint gitlab-routable glrt-t1_}}"),
    facts: "4/cross/mints/confidential/none/bearer/unknown/checksum/internal",
    score: 10,
    level: "critical",
  },
  {
    id: "V41",
    of: "a refresh token of a public client",
    reach: claimed(PLAIN, {
      typ: "Refresh",
      azp: "web",
      iss: keycloak,
      aud: keycloak,
      sub: "0193",
      exp: NOW + 25 * DAY,
    }),
    facts: "3/multi/none/confidential/30d/bearer/unknown/structure/internal +refresh",
    score: 6.3,
    level: "medium",
    breaches: ["BR-REFRESH"],
  },
  {
    id: "V42",
    of: "a logout token",
    reach: claimed(
      { typ: "logout+jwt", alg: "RS256" },
      {
        iss: keycloak,
        aud: "web",
        sid: "s1",
        iat: NOW,
        events: { "http://schemas.openid.net/event/backchannel-logout": {} },
      },
    ),
    score: 0,
    level: "none",
  },
  {
    id: "V43",
    of: "a public Mapbox token",
    reach: found(mapbox, "{{mint mapbox pk}}", { policy: inPublic }),
    score: 0,
    level: "none",
    says: /public by design/,
  },
  {
    id: "V44",
    of: "a secret Mapbox token",
    reach: found(mapbox, "{{mint mapbox sk}}"),
    facts: "3/service/none/internal/none/bearer/unknown/structure/internal",
    score: 6,
    level: "medium",
  },
  {
    id: "V45",
    of: "a JWT_SECRET that verifies a token of the same repository",
    reach: found(ruleOf("generic-secret"), "{{alnum 48}}", {
      match: named,
      paired: "verifies the token in `app/session.txt`",
    }),
    facts: "5/multi/mints/confidential/none/bearer/unknown/prefix/internal",
    score: 9.5,
    level: "critical",
    breaches: ["BR-KEY"],
    says: /verifies the token in `app\/session\.txt`/,
  },
  {
    id: "V45 alone",
    of: "a JWT_SECRET that verifies nothing here",
    reach: found(ruleOf("generic-secret"), "{{alnum 48}}", { match: named }),
    facts: "5/multi/mints/confidential/none/bearer/unknown/generic/internal",
    score: 6,
    level: "medium",
    breaches: ["BR-KEY"],
  },
];

for (const { id, of, reach, facts, score, level, impact, breaches = [], says } of vectors) {
  test(`${id}: ${of} scores ${score}, ${level}`, () => {
    const result = reach();
    if (facts) assert.equal(factsOf(result), facts);
    assert.deepEqual([result.score, result.level], [score, level]);
    if (impact !== undefined) assert.equal(result.impact, impact);
    for (const breach of breaches) assert.ok(result.breaches.includes(breach), `${breach} of ${result.breaches}`);
    if (says) assert.match(result.reasons.join("\n"), says);
  });
}

test("a policy that wants to see what is public by design sees it low", () => {
  const reported: Policy = { ...inPublic, publicByDesign: "report" };
  const reach = reachOf(mapbox, minted("{{mint mapbox pk}}"), { policy: reported });
  assert.deepEqual([reach.score, reach.level], [3.9, "low"]);
});
