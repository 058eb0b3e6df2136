import type { Decoder } from "../anatomy.ts";
import { decodeGithubJwt } from "../github-jwt.ts";
import { decodeGitlabJob } from "../gitlab-job.ts";
import { decodeJwt } from "../jwt.ts";

/** Decoders of JSON Web Tokens, bare or behind a prefix. */
export const JWTS: Readonly<Record<string, Decoder>> = {
  "github-jwt": decodeGithubJwt,
  "gitlab-job": decodeGitlabJob,
  jwt: (secret) => decodeJwt(secret),
};
