import type { Anatomy } from "../model/index.ts";
import { anatomy, claimed, hint, keyOf, STRUCTURE } from "./anatomy.ts";
import { decodeJwt } from "./jwt.ts";

const KINDS: Readonly<Record<string, string>> = {
  ghp: "personal access token (classic)",
  gho: "OAuth access token",
  ghu: "GitHub App user token",
  ghs: "GitHub App installation token",
  ghr: "GitHub App refresh token",
};

/** GitHub tokens; installation tokens of 2026 and later are `ghs_<app id>_<JWT>` (GitHub changelog, 2026-05-15). */
export function decodeGithub(secret: string): Anatomy | undefined {
  const fine = secret.startsWith("github_pat_");
  const kind = fine ? "personal access token (fine-grained)" : KINDS[secret.slice(0, 3)];
  if (kind === undefined) return undefined;
  const [, app, token] = /^ghs_([A-Za-z0-9]{1,20})_(ey[\w.-]+)$/.exec(secret) ?? [];
  if (app && token) return installation(kind, app, token);
  const refresh = secret.startsWith("ghr_") ? [hint("refresh", true, "can be renewed: it is a refresh token")] : [];
  return anatomy({ facts: claimed({ provider: "github", kind }), hints: refresh });
}

/** GitHub says to treat the payload as a hint only, so its claims tell the lifetime and nothing of power. */
function installation(kind: string, app: string, token: string): Anatomy {
  const inner = decodeJwt(token);
  const { issued, expires, subject } = inner?.authority ?? {};
  const facts = [...claimed({ provider: "github", kind, app }), ...(inner?.facts ?? [])];
  const times = { ...(issued !== undefined && { issued }), ...(expires !== undefined && { expires }) };
  const authority = keyOf({ dictionary: "github", ...(subject && { subject }), ...times });
  return anatomy({ facts, hints: inner ? [STRUCTURE] : [], ...authority });
}
