import { has, hostOf, isUnder, list, text } from "../claims.ts";
import { hints, type Profile } from "./profile.ts";

const PUSH_SERVICES = ["fcm.googleapis.com", "push.services.mozilla.com", "notify.windows.com", "web.push.apple.com"];

/** VAPID: names the sender of a web push (RFC 8292, 2). The key behind it is the secret. */
export const VAPID: Profile = {
  name: "VAPID token",
  provider: "web-push",
  detect: ({ header, claims }) =>
    text(header, "alg") === "ES256" &&
    !has(claims, "iss") &&
    list(claims, "aud").some((audience) => isUnder(hostOf(audience), ...PUSH_SERVICES)),
  read: () => ({
    kind: "assertion",
    principal: "client",
    subject: undefined,
    hints: hints({
      power: [1, "pushes only to subscriptions of its key, whose addresses it does not hold"],
      breadth: ["service", "one push service"],
      reach: ["none", "only sends"],
      data: ["internal", "reads nothing back"],
    }),
  }),
};
