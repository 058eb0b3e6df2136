import { type Claims, has, holdsOnly, list, object, text } from "../claims.ts";
import type { Jose } from "../jose.ts";
import { parseJsonObject } from "../jose-json.ts";
import { facts, hints, type Profile, type Reading } from "./profile.ts";

const NO_KEYS = "nothing says that it reaches other credentials";

/** Twilio access tokens: grants name rooms and services (twilio.com/docs/iam/access-tokens). */
const TWILIO: Profile = {
  name: "Twilio access token",
  provider: "twilio",
  detect: ({ header, claims }) =>
    /^twilio-fpa/.test(text(header, "cty") ?? "") || (has(claims, "grants") && /^SK/.test(text(claims, "iss") ?? "")),
  read: ({ claims }) => {
    const grants = object(claims, "grants");
    const calls = has(object(grants, "voice"), "outgoing");
    const room = text(object(grants, "video"), "room");
    const confined = room !== undefined && !has(grants, "voice", "chat");
    return {
      kind: "session",
      principal: "user",
      subject: undefined,
      facts: facts({
        account: text(claims, "sub"),
        key: text(claims, "iss"),
        grant: Object.keys(grants).filter((name) => name !== "identity"),
        room,
      }),
      hints: hints({
        power: [3, calls ? "places calls that cost money" : "joins rooms and chats as its identity"],
        breadth: [
          confined ? "single" : "service",
          confined ? "one room" : "no room is named, so any room of the account",
        ],
        reach: ["none", NO_KEYS],
        data: ["confidential", "calls, rooms and chats"],
      }),
    };
  },
};

/** LiveKit: the `video` grant (docs.livekit.io, "Authentication"). */
const LIVEKIT: Profile = {
  name: "LiveKit token",
  provider: "livekit",
  detect: ({ claims }) =>
    Object.keys(object(claims, "video")).some((name) =>
      /^(?:room|canPublish|canSubscribe|ingressAdmin|recorder)/.test(name),
    ) || has(object(claims, "sip"), "admin", "call"),
  read: ({ claims }) => {
    const video = object(claims, "video");
    const room = text(video, "room");
    const admin =
      video.roomAdmin === true ||
      video.roomCreate === true ||
      video.roomRecord === true ||
      video.ingressAdmin === true ||
      object(claims, "sip").admin === true;
    const wide = admin && room === undefined;
    return {
      kind: "session",
      client: text(claims, "iss"),
      facts: facts({ room, grant: Object.keys(video).filter((name) => video[name] === true) }),
      hints: hints({
        power: [wide ? 4 : 3, wide ? "administers every room of the server" : "speaks and listens in a room"],
        breadth: [room === undefined ? "service" : "single", room === undefined ? "no room is named" : "one room"],
        reach: ["none", NO_KEYS],
        data: ["confidential", "what is said in the rooms"],
      }),
    };
  },
};

/** Stream: a user's token, or the server's that may do everything (getstream.io/chat/docs, "Tokens & Authentication"). */
const STREAM: Profile = {
  name: "Stream token",
  provider: "stream",
  detect: ({ header, claims }) =>
    text(header, "alg") === "HS256" &&
    (isServer(claims) || (has(claims, "user_id") && holdsOnly(claims, "user_id", "iat", "exp"))),
  read: ({ claims }) => {
    const server = isServer(claims);
    return {
      kind: server ? "key" : "session",
      principal: server ? "client" : "user",
      hints: hints({
        power: [server ? 4 : 3, server ? "does everything in the app, for any user" : "writes as one user"],
        breadth: [server ? "service" : "single", server ? "one Stream app" : "one user"],
        reach: [server ? "mints" : "none", server ? "can make tokens of any user" : NO_KEYS],
        data: ["confidential", "chats and feeds"],
      }),
    };
  },
};

function isServer(claims: Claims): boolean {
  const everything = text(claims, "resource") === "*" && text(claims, "action") === "*";
  return everything || (claims.server === true && holdsOnly(claims, "server", "iat", "exp"));
}

/** Ably: the capability is JSON in a claim (ably.com/docs/auth/capabilities). */
const ABLY: Profile = {
  name: "Ably JWT",
  provider: "ably",
  detect: ({ claims }) => has(claims, "x-ably-capability"),
  read: readAbly,
};

function readAbly({ claims }: Jose): Reading {
  const capability =
    parseJsonObject(text(claims, "x-ably-capability") ?? "")?.object ?? object(claims, "x-ably-capability");
  const channels = Object.keys(capability);
  const actions = [...new Set(channels.flatMap((channel) => list(capability, channel)))];
  const wide = channels.some((channel) => /(?:^|[\]:])\*$/.test(channel));
  const writes = actions.some((action) =>
    /^(?:\*|publish|push-admin|channel-metadata|.*-set|message-.*)$/.test(action),
  );
  const all = wide && actions.includes("*");
  return {
    kind: "session",
    scopes: [],
    facts: facts({ channel: channels, action: actions }),
    hints: hints({
      power: [
        all ? 4 : writes ? 3 : 2,
        all ? "does everything in every channel" : writes ? "publishes to channels" : "listens to channels",
      ],
      breadth: [wide ? "service" : "single", wide ? "every channel of the app" : "the channels it names"],
      reach: ["none", NO_KEYS],
      data: ["internal", "what the channels carry is not known"],
    }),
  };
}

/** Centrifugo connection and subscription tokens (centrifugal.dev, "Client JWT authentication"). */
const CENTRIFUGO: Profile = {
  name: "Centrifugo token",
  provider: "centrifugo",
  detect: ({ claims }) =>
    (Array.isArray(claims.channels) || has(claims, "channel", "subs")) &&
    holdsOnly(
      claims,
      "sub",
      "exp",
      "iat",
      "jti",
      "aud",
      "iss",
      "info",
      "b64info",
      "channels",
      "channel",
      "subs",
      "meta",
      "expire_at",
      "client",
      "override",
    ),
  read: ({ claims }) => ({
    kind: "session",
    principal: "user",
    facts: facts({
      channel: [...list(claims, "channels"), ...list(claims, "channel"), ...Object.keys(object(claims, "subs"))],
    }),
    hints: hints({
      power: [2, "listens to channels as one user"],
      breadth: ["single", "one user's channels"],
      reach: ["none", NO_KEYS],
      data: ["internal", "what the channels carry is not known"],
    }),
  }),
};

/** Pusher Beams: lets a device get one user's notifications. */
const BEAMS: Profile = {
  name: "Pusher Beams token",
  provider: "pusher",
  detect: ({ claims }) => /^https:\/\/[^/]+\.pushnotifications\.pusher\.com$/.test(text(claims, "iss") ?? ""),
  read: () => ({
    kind: "session",
    principal: "user",
    hints: hints({
      power: [1, "lets a device get one user's notifications"],
      breadth: ["single", "one user"],
      reach: ["none", NO_KEYS],
      data: ["confidential", "that user's notifications"],
    }),
  }),
};

export const REALTIME: readonly Profile[] = [TWILIO, LIVEKIT, STREAM, ABLY, CENTRIFUGO, BEAMS];
