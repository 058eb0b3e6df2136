import { has, holdsOnly, list, number, text } from "../claims.ts";
import type { Jose } from "../jose.ts";
import { facts, hints, type Profile, type Reading } from "./profile.ts";

const TEAM = /^[A-Z0-9]{10}$/;
const HOUR = 3600;

/** Sign in with Apple: the client secret is a JWT (developer.apple.com, "Creating a client secret"). */
const CLIENT_SECRET: Profile = {
  name: "Sign in with Apple client secret",
  provider: "apple",
  detect: ({ claims }) => list(claims, "aud").includes("https://appleid.apple.com"),
  read: ({ claims }) => ({
    kind: "assertion",
    principal: "client",
    client: text(claims, "sub"),
    facts: facts({ team: text(claims, "iss") }),
    hints: hints({
      power: [3, "is the client secret of a Sign in with Apple service"],
      breadth: ["service", "one app's sign-in"],
      reach: ["none", "nothing says that it reaches other credentials"],
      data: ["confidential", "the accounts of people who sign in"],
      possession: ["partial", "works only together with an authorization code or a refresh token"],
    }),
  }),
};

/** Sign in with Apple identity tokens. */
const ID: Profile = {
  name: "Sign in with Apple ID token",
  provider: "apple",
  detect: ({ claims }) => text(claims, "iss") === "https://appleid.apple.com",
  read: () => ({ kind: "id", principal: "user" }),
};

/** App Store Connect API; `scope` may narrow it to GET requests (developer.apple.com, "Generating tokens for API requests"). */
const CONNECT: Profile = {
  name: "App Store Connect token",
  provider: "apple",
  detect: ({ claims }) =>
    list(claims, "aud").some((audience) => /^(?:appstoreconnect-v1|apple-developer-enterprise-v1)$/.test(audience)),
  read: ({ claims }) => {
    const requests = list(claims, "scope");
    const reads = requests.length > 0 && requests.every((request) => /^GET /.test(request));
    return {
      kind: "access",
      principal: has(claims, "sub") ? "user" : "client",
      scopes: requests,
      facts: facts({ team: text(claims, "iss"), app: text(claims, "bid") }),
      hints: hints({
        power: [
          reads ? 2 : 4,
          reads
            ? "reads in App Store Connect (scope lists GET requests)"
            : "manages apps, users and certificates in App Store Connect",
        ],
        breadth: [reads ? "service" : "multi", reads ? "the requests it lists" : "every app of the team"],
        reach: [reads ? "none" : "mints", reads ? "only reads" : "publishes apps and makes signing certificates"],
        data: ["confidential", "sales, testers and users"],
      }),
    };
  },
};

/** APNs provider tokens and MusicKit developer tokens are told apart by `exp` (developer.apple.com, "Establishing a token-based connection to APNs"). */
const PROVIDER: Profile = {
  name: "Apple developer token",
  provider: "apple",
  detect: ({ header, claims }) =>
    text(header, "alg") === "ES256" &&
    TEAM.test(text(header, "kid") ?? "") &&
    TEAM.test(text(claims, "iss") ?? "") &&
    holdsOnly(claims, "iss", "iat", "exp", "origin", "root_https_origin"),
  read: readProvider,
};

function readProvider({ claims }: Jose): Reading {
  const music = has(claims, "exp");
  const issued = number(claims, "iat");
  return {
    kind: "access",
    principal: "client",
    // APNs refuses a token an hour after `iat`.
    expires: music ? number(claims, "exp") : issued === undefined ? "unknown" : issued + HOUR,
    facts: facts({ team: text(claims, "iss"), use: music ? "MusicKit" : "push notifications (APNs)" }),
    hints: music
      ? hints({
          power: [1, "searches the Apple Music catalogue"],
          breadth: ["service", "one catalogue"],
          reach: ["none", "a catalogue keeps no credentials"],
          data: ["public", "the catalogue is public"],
        })
      : hints({
          power: [3, "sends notifications to every user of the team's apps (APNs)"],
          breadth: ["multi", "every app of the team"],
          reach: ["none", "only sends"],
          data: ["internal", "reads nothing back"],
        }),
  };
}

export const APPLE: readonly Profile[] = [CLIENT_SECRET, ID, CONNECT, PROVIDER];
