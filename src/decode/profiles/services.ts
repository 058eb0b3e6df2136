import { has, holdsOnly, hostOf, isUnder, list, number, objects, text } from "../claims.ts";
import { facts, hints, type Profile } from "./profile.ts";

const YEAR = 365 * 86_400;

/** Temporal Cloud API keys (docs.temporal.io/cloud/api-keys). */
const TEMPORAL: Profile = {
  name: "Temporal Cloud API key",
  provider: "temporal",
  detect: ({ claims }) =>
    [text(claims, "iss") ?? "", ...list(claims, "aud")].some((name) =>
      /(?:^|[/.])(?:temporal\.io|tmprl\.cloud)\/?$/.test(name),
    ),
  read: ({ claims }) => ({
    kind: "key",
    principal: "unknown",
    facts: facts({ account: text(claims, "account_id"), key: text(claims, "key_id") }),
    hints: hints({
      power: [4, "starts and signals workflows, and manages namespaces its owner may"],
      breadth: ["multi", "every namespace of its owner"],
      reach: ["mints", "workflows run with other credentials"],
      data: ["confidential", "inputs and results of workflows"],
    }),
  }),
};

/** Scalr API tokens: `iss` user, `jti` at-…, no expiry (docs.scalr.io). */
const SCALR: Profile = {
  name: "Scalr API token",
  provider: "scalr",
  detect: ({ claims }) => text(claims, "iss") === "user" && /^at-/.test(text(claims, "jti") ?? ""),
  read: () => ({
    kind: "key",
    principal: "unknown",
    hints: hints({
      power: [4, "runs Terraform in every workspace of its owner"],
      breadth: ["multi", "every workspace of its owner"],
      reach: ["mints", "state and variables hold other credentials"],
      data: ["confidential", "state and variables"],
    }),
  }),
};

/** Home Assistant: long-lived tokens last ten years (developers.home-assistant.io/docs/auth_api). */
const HOME_ASSISTANT: Profile = {
  name: "Home Assistant token",
  provider: "home-assistant",
  detect: ({ claims }) => /^[0-9a-f]{32}$/.test(text(claims, "iss") ?? "") && holdsOnly(claims, "iss", "iat", "exp"),
  read: ({ claims }) => {
    const lasting = (number(claims, "exp") ?? 0) - (number(claims, "iat") ?? 0) > YEAR;
    return {
      kind: lasting ? "key" : "access",
      principal: "user",
      facts: facts({ "long-lived": lasting ? "yes" : "no" }),
      hints: hints({
        power: [4, "controls the home: doors, cameras and what else is connected"],
        breadth: ["service", "one home"],
        reach: ["none", "nothing says that it reaches other credentials"],
        data: ["confidential", "who is at home, and when"],
      }),
    };
  },
};

/** Chainguard sessions (edu.chainguard.dev, "Authentication"). */
const CHAINGUARD: Profile = {
  name: "Chainguard token",
  provider: "chainguard",
  detect: ({ claims }) => isUnder(hostOf(text(claims, "iss")), "issuer.enforce.dev", "chainguard.dev"),
  read: () => ({
    kind: "access",
    hints: hints({
      power: [3, "pulls and manages images of the organization"],
      breadth: ["service", "one organization"],
      reach: ["mints", "can be exchanged for registry tokens"],
      data: ["internal", "container images"],
    }),
  }),
};

/** Workato API clients: `wrka…-` before the JWT (docs.workato.com, "API clients"). */
const WORKATO: Profile = {
  name: "Workato API token",
  provider: "workato",
  detect: ({ prefix }) => prefix?.startsWith("wrka") ?? false,
  read: ({ prefix }) => ({
    kind: "key",
    principal: "client",
    facts: facts({ region: prefix!.slice("wrka".length) }),
    hints: hints({
      power: [4, "manages recipes and connections of the workspace"],
      breadth: ["multi", "every system the workspace is connected to"],
      reach: ["mints", "recipes run with other credentials"],
      data: ["confidential", "what recipes move between systems"],
    }),
  }),
};

/** 1Password Connect: `1password.com/vts` lists its vaults (developer.1password.com/docs/connect). */
const ONEPASSWORD: Profile = {
  name: "1Password Connect token",
  provider: "1password",
  detect: ({ claims }) => has(claims, "1password.com/vts", "1password.com/auuid"),
  read: ({ claims }) => {
    const vaults = objects(claims, "1password.com/vts").length;
    return {
      kind: "key",
      principal: "client",
      facts: facts({ account: text(claims, "1password.com/auuid"), vaults: vaults || undefined }),
      hints: hints({
        power: [4, "reads, and mostly writes, the items of its vaults"],
        breadth: ["multi", `reaches ${vaults > 0 ? vaults : "its"} ${vaults === 1 ? "vault" : "vaults"}`],
        reach: ["mints", "vaults hold other credentials"],
        data: ["confidential", "what vaults hold is confidential"],
      }),
    };
  },
};

/** Infisical's machine identity and service tokens (infisical.com/docs). */
const INFISICAL: Profile = {
  name: "Infisical token",
  provider: "infisical",
  detect: ({ claims }) => has(claims, "authTokenType"),
  read: ({ claims }) => ({
    kind: "key",
    principal: "client",
    facts: facts({ kind: text(claims, "authTokenType"), identity: text(claims, "identityId") }),
    hints: hints({
      power: [4, "reads the secrets of its projects"],
      breadth: ["single", "the projects of one identity"],
      reach: ["mints", "projects hold other credentials"],
      data: ["confidential", "the secrets of its projects"],
    }),
  }),
};

/** Aikido, Authress, Unleash and Mailgun tokens are known by their host alone. */
const OTHERS: Profile = {
  name: "service token",
  provider: "service",
  detect: ({ claims }) =>
    isUnder(
      hostOf(text(claims, "iss")),
      "aikido.dev",
      "authress.io",
      "getunleash.io",
      "mailgun.com",
      "workato.com",
      "service-now.com",
    ),
  read: ({ claims }) => ({ facts: facts({ service: hostOf(text(claims, "iss")) }) }),
};

export const SERVICES: readonly Profile[] = [
  TEMPORAL,
  SCALR,
  HOME_ASSISTANT,
  CHAINGUARD,
  WORKATO,
  ONEPASSWORD,
  INFISICAL,
  OTHERS,
];
