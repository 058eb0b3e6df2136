import { has, hostOf, isUnder, list, text } from "../claims.ts";
import { facts, hints, type Profile } from "./profile.ts";

/** Atlassian OAuth (3LO) access and refresh tokens (developer.atlassian.com/cloud, "OAuth 2.0 (3LO) apps"). */
const OAUTH: Profile = {
  name: "Atlassian access token",
  provider: "atlassian",
  dictionary: "atlassian",
  detect: ({ claims }) =>
    isUnder(hostOf(text(claims, "iss")), "auth.atlassian.com", "atlassian-account-id.pus2.auth0.com") ||
    Object.keys(claims).some((name) => name.startsWith("https://id.atlassian.com/")),
  read: ({ claims }) => {
    const refresh =
      text(claims, "https://id.atlassian.com/ari") !== undefined &&
      text(claims, "https://id.atlassian.com/refresh_chain_id") !== undefined &&
      !has(claims, "scope");
    return {
      ...(refresh && { kind: "refresh" as const }),
      principal: "user",
      facts: facts({ "client type": text(claims, "https://id.atlassian.com/atlassian_token_type") }),
      hints: hints({ data: ["confidential", "issues, pages and code of the sites its user granted"] }),
    };
  },
};

/** Connect JWTs: `qsh` binds one request, `context-qsh` a whole session (developer.atlassian.com/cloud/jira, "Understanding JWT"). */
const CONNECT: Profile = {
  name: "Atlassian Connect JWT",
  provider: "atlassian",
  detect: ({ claims }) => has(claims, "qsh"),
  read: ({ claims }) => {
    const open = text(claims, "qsh") === "context-qsh";
    return {
      kind: open ? "session" : "assertion",
      client: text(claims, "iss"),
      hints: hints({
        power: [
          open ? 3 : 2,
          open ? "calls the app's own API as its user (qsh context-qsh)" : "repeats one request (qsh)",
        ],
        breadth: ["single", open ? "one app on one site" : "one request"],
        reach: ["none", "nothing says that it reaches other credentials"],
        data: ["internal", "what the app shows its user"],
      }),
    };
  },
};

/** Forge invocation tokens, for the remote backend of one app. */
const FORGE: Profile = {
  name: "Atlassian Forge invocation token",
  provider: "atlassian",
  detect: ({ claims }) => list(claims, "aud").some((audience) => audience.startsWith("ari:cloud:ecosystem::app/")),
  read: ({ claims }) => ({
    kind: "session",
    facts: facts({ app: list(claims, "aud")[0] }),
    hints: hints({
      power: [2, "calls the remote backend of one Forge app"],
      breadth: ["single", "one app"],
      reach: ["none", "nothing says that it reaches other credentials"],
      data: ["internal", "what the app's backend returns"],
    }),
  }),
};

export const ATLASSIAN: readonly Profile[] = [FORGE, OAUTH, CONNECT];
