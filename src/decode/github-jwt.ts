import type { Anatomy } from "../model/index.ts";
import { anatomy, claimed, keyOf, STRUCTURE } from "./anatomy.ts";
import { KINDS } from "./github.ts";
import { decodeJwt } from "./jwt.ts";

/**
 * Installation tokens of 2026 and later, `ghs_<app id>_<JWT>` (GitHub changelog, 2026-05-15). GitHub says to treat the payload
 * as a hint only, so its claims tell the lifetime and nothing of power.
 */
export function decodeGithubJwt(secret: string): Anatomy | undefined {
  const [, app, token] = /^ghs_([A-Za-z0-9]{1,20})_(ey[\w.-]+)$/.exec(secret) ?? [];
  if (!app || !token) return undefined;
  const inner = decodeJwt(token);
  const { issued, expires, subject } = inner?.authority ?? {};
  const facts = [...claimed({ provider: "github", kind: KINDS.ghs, app }), ...(inner?.facts ?? [])];
  const times = { ...(issued !== undefined && { issued }), ...(expires !== undefined && { expires }) };
  const authority = keyOf({ dictionary: "github", ...(subject && { subject }), ...times });
  return anatomy({ facts, hints: inner ? [STRUCTURE] : [], ...authority });
}
