import type { Hint, Traits } from "../model/index.ts";
import { hint } from "./anatomy.ts";

/** What the password is, then power, breadth, reach and life. */
type Held = readonly [
  what: string,
  power: Traits["power"],
  breadth: Traits["breadth"],
  reach: Traits["reach"],
  life?: Traits["life"],
];

const GITHUB: Held = ["a GitHub token", 3, "multi", "secrets-likely"];
const GITLAB: Held = ["a GitLab token", 3, "multi", "secrets-likely"];
const GOOGLE: Held = ["a Google service account key", 4, "multi", "mints", "none"];

/** User names that stand before a token instead of a password. */
const HELD: Readonly<Record<string, Held>> = {
  "x-access-token": GITHUB,
  oauth2: GITLAB,
  "gitlab-ci-token": GITLAB,
  "private-token": GITLAB,
  "x-token-auth": ["a Bitbucket token", 3, "multi", "secrets-likely"],
  _json_key: GOOGLE,
  _json_key_base64: GOOGLE,
  AWS: ["a token for Amazon ECR, good for 12 hours", 3, "multi", "mints", "24h"],
  __token__: ["a PyPI token", 3, "multi", "mints"],
};

/** What a user name says of the password behind it. */
export function tokenUserHints(user: string | undefined): readonly Hint[] {
  if (user === undefined || !Object.hasOwn(HELD, user)) return [];
  const [what, power, breadth, reach, life] = HELD[user]!;
  const fixed = life ? [hint("life", life)] : [];
  return [hint("power", power, `the password is ${what}`), hint("breadth", breadth), hint("reach", reach), ...fixed];
}

/** A user name as a report may show it; undefined when the token itself stands there, as in `ghp_…:x-oauth-basic`. */
export function shownUser(user: string | undefined, password: string): string | undefined {
  if (!user || password === "" || password === "x-oauth-basic" || user.length > 64) return undefined;
  const tokenLike = user.length >= 20 && /\d/.test(user) && /[a-z]/i.test(user) && !/[@.\s]/.test(user);
  return tokenLike ? undefined : user;
}
