import type { Anatomy } from "../model/index.ts";
import { anatomy, claimed, keyOf, STRUCTURE } from "./anatomy.ts";
import { decodeJwt } from "./jwt.ts";

/** A job token that is a JWT: `glcbt-<JWT>`. Whatever it says of power, it may do what its job may. */
export function decodeGitlabJob(secret: string): Anatomy | undefined {
  const inner = decodeJwt(secret.replace(/^glcbt-/, ""));
  if (!inner) return undefined;
  const { issued, expires, issuer } = inner.authority ?? {};
  const times = { ...(issued !== undefined && { issued }), ...(expires !== undefined && { expires }) };
  return anatomy({
    facts: [
      ...claimed({ provider: "gitlab", kind: "job token" }),
      ...inner.facts.filter(({ name }) => name !== "kind"),
    ],
    hints: [STRUCTURE],
    ...keyOf({ dictionary: "gitlab", ...(issuer && { issuer }), ...times }),
  });
}
