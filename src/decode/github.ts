import type { Anatomy } from "../model/index.ts";
import { anatomy, claimed, hint } from "./anatomy.ts";

/** What the prefixes stand for. */
export const KINDS: Readonly<Record<string, string>> = {
  ghp: "personal access token (classic)",
  gho: "OAuth access token",
  ghu: "GitHub App user token",
  ghs: "GitHub App installation token",
  ghr: "GitHub App refresh token",
};

/** GitHub tokens. */
export function decodeGithub(secret: string): Anatomy | undefined {
  const fine = secret.startsWith("github_pat_");
  const kind = fine ? "personal access token (fine-grained)" : KINDS[secret.slice(0, 3)];
  if (kind === undefined) return undefined;
  const refresh = secret.startsWith("ghr_") ? [hint("refresh", true, "can be renewed: it is a refresh token")] : [];
  return anatomy({ facts: claimed({ provider: "github", kind }), hints: refresh });
}
