import type { Hint } from "../../model/index.ts";
import { type Claims, has, list, object, text } from "../claims.ts";
import type { Jose } from "../jose.ts";
import { facts, hints, type Profile, type Reading } from "./profile.ts";

const CUSTOM = "https://identitytoolkit.googleapis.com/google.identity.identitytoolkit.v1.IdentityToolkit";

const ID = /^https:\/\/securetoken\.google\.com\/(.+)$/;
const SESSION = /^https:\/\/session\.firebase\.google\.com\/(.+)$/;

/** Firebase ID tokens and session cookies: the API takes them as they are (firebase.google.com/docs/auth/admin). */
export const FIREBASE: Profile = {
  name: "Firebase token",
  provider: "firebase",
  dictionary: "google",
  detect: ({ claims }) => ID.test(text(claims, "iss") ?? "") || SESSION.test(text(claims, "iss") ?? ""),
  read: readUser,
};

/** Firebase custom tokens, which are exchanged for a session. */
export const FIREBASE_CUSTOM: Profile = {
  name: "Firebase custom token",
  provider: "firebase",
  dictionary: "google",
  detect: ({ claims }) => list(claims, "aud").includes(CUSTOM),
  read: readCustom,
};

/** Firebase App Check: attests an app, names nobody. */
export const FIREBASE_APP_CHECK: Profile = {
  name: "Firebase App Check token",
  provider: "firebase",
  detect: ({ claims }) => /^https:\/\/firebaseappcheck\.googleapis\.com\//.test(text(claims, "iss") ?? ""),
  read: ({ claims }) => ({
    kind: "session",
    principal: "device",
    facts: facts({ project: /(\d+)$/.exec(text(claims, "iss") ?? "")?.[1] }),
    hints: hints({
      power: [1, "only attests that a request comes from the app"],
      breadth: ["single", "one app"],
      reach: ["none", "an attestation opens nothing by itself"],
      data: ["internal", "names no user"],
    }),
  }),
};

function readUser({ form, claims }: Jose): Reading {
  const issuer = text(claims, "iss")!;
  const project = (ID.exec(issuer) ?? SESSION.exec(issuer))?.[1] ?? "";
  return {
    kind: "session",
    principal: "user",
    facts: facts({ project, "sign-in": text(object(claims, "firebase"), "sign_in_provider") }),
    hints: userHints("the database rules give it to its user", claims),
    sample: form === "unsecured" && project.startsWith("demo-") ? "a token of the Firebase emulator" : undefined,
  };
}

function readCustom({ claims }: Jose): Reading {
  const issuer = text(claims, "iss") ?? "";
  const extra = object(claims, "claims");
  return {
    kind: "assertion",
    principal: "user",
    subject: undefined,
    roles: [...list(extra, "role"), ...list(extra, "roles"), ...(extra.admin === true ? ["admin"] : [])],
    facts: facts({
      "service account": issuer,
      project: /@([a-z0-9-]+)\.iam\./.exec(issuer)?.[1],
      "custom claims": has(claims, "claims") ? Object.keys(extra).slice(0, 8) : undefined,
    }),
    hints: [
      ...userHints("its user may, once exchanged", extra),
      ...hints({ refresh: [true, "is exchanged for a session whose refresh token never expires"] }),
    ],
    sample: issuer === "firebase-auth-emulator@example.com" ? "a token of the Firebase emulator" : undefined,
  };
}

/** Custom claims such as `admin` say more than the kind of token does, and a dictionary reads them. */
function userHints(what: string, custom: Claims): readonly Hint[] {
  const plain = !has(custom, "admin", "role", "roles");
  return hints({
    ...(plain && { power: [3, `reads and writes what ${what}`] as const }),
    breadth: [plain ? "single" : "service", plain ? "one user of one project" : "one project"],
    reach: ["none", "nothing says that it reaches other credentials"],
    data: ["confidential", "its user's data"],
  });
}
