import { has, holdsOnly, id, list, number, text } from "../claims.ts";
import { facts, hints, type Profile } from "./profile.ts";

/** Zoom OAuth access tokens, server to server or of a user (developers.zoom.us/docs/internal-apps/s2s-oauth/). */
const OAUTH: Profile = {
  name: "Zoom access token",
  provider: "zoom",
  dictionary: "zoom",
  detect: ({ claims }) =>
    /^zm:cid:/.test(text(claims, "iss") ?? "") || list(claims, "aud").includes("https://oauth.zoom.us"),
  read: ({ claims }) => ({
    kind: "access",
    client: /^zm:cid:(.+)$/.exec(text(claims, "iss") ?? "")?.[1],
    facts: facts({ account: text(claims, "aid") }),
    hints: hints({
      power: [3, "acts in the Zoom account; its scopes do not stand in the token"],
      breadth: ["service", "one Zoom account"],
      reach: ["secrets-likely", "meetings, chats and recordings"],
      data: ["confidential", "meetings, chats and recordings"],
    }),
  }),
};

/** Meeting SDK signatures: role 1 is the host. */
const SDK: Profile = {
  name: "Zoom Meeting SDK signature",
  provider: "zoom",
  detect: ({ claims }) => has(claims, "mn", "tpc") && has(claims, "appKey", "sdkKey", "app_key"),
  read: ({ claims }) => {
    const host = number(claims, "role") === 1 || number(claims, "role_type") === 1;
    return {
      kind: "session",
      client: text(claims, "appKey") ?? text(claims, "sdkKey") ?? text(claims, "app_key"),
      roles: [],
      expires: number(claims, "exp") ?? number(claims, "tokenExp"),
      facts: facts({ meeting: id(claims, "mn") ?? text(claims, "tpc"), host: host ? "yes" : "no" }),
      hints: hints({
        power: [host ? 3 : 2, host ? "hosts one meeting (role 1)" : "joins one meeting"],
        breadth: ["single", "one meeting"],
        reach: ["none", "a meeting keeps no credentials"],
        data: ["confidential", "what is said in the meeting"],
      }),
    };
  },
};

/** JWT apps (retired): an API key of 22 characters as issuer, and whatever life its maker chose. */
const LEGACY: Profile = {
  name: "Zoom JWT app token",
  provider: "zoom",
  detect: ({ header, claims }) =>
    text(header, "alg") === "HS256" &&
    /^[\w-]{22}$/.test(text(claims, "iss") ?? "") &&
    has(claims, "exp") &&
    holdsOnly(claims, "iss", "exp", "iat", "aud") &&
    list(claims, "aud").length === 0,
  read: () => ({
    kind: "access",
    principal: "client",
    hints: hints({
      power: [4, "administers the Zoom account"],
      breadth: ["service", "one Zoom account"],
      reach: ["secrets-likely", "meetings, chats and recordings"],
      data: ["confidential", "meetings, chats and recordings"],
    }),
  }),
};

export const ZOOM: readonly Profile[] = [OAUTH, SDK, LEGACY];
