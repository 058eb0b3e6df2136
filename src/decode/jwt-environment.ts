import type { Hint } from "../model/index.ts";
import { hostOf, isUnder } from "./claims.ts";
import { hints } from "./profiles/profile.ts";

/** Names kept for documentation and tests (RFC 2606, RFC 6761). */
const RESERVED = ["example", "test", "invalid", "localhost", "example.com", "example.org", "example.net"];

/** Hosts with a word of testing in their name that serve production. */
const PRODUCTION = ["dev.azure.com"];

const TEST = /(?:^|[.-])(?:dev|develop|development|test|testing|sandbox|local|qa)(?:[.-]|$)/;
const STAGING = /(?:^|[.-])(?:staging|stage|stg|preprod|uat|preview)(?:[.-]|$)/;

/** The environment that the issuer's host speaks of; nothing when it names none. */
export function environmentHints(issuer: string | undefined): readonly Hint[] {
  const host = hostOf(issuer) ?? (issuer === "localhost" ? issuer : undefined);
  if (host === undefined || isUnder(host, ...PRODUCTION)) return [];
  if (isUnder(host, ...RESERVED))
    return hints({ environment: ["test", `issuer's host ${host} is kept for examples and tests`] });
  if (/^127\.|^0\.0\.0\.0$|^\[::1\]$|^host\.docker\.internal$/.test(host))
    return hints({ environment: ["test", `issuer's host ${host} is the local machine`] });
  if (isUnder(host, "clerk.accounts.dev")) return hints({ environment: ["test", "a development instance of Clerk"] });
  // The last label is no word of the owner's: `.dev` is a top-level domain like any other.
  const labels = host.split(".").slice(0, -1).join(".");
  if (isUnder(host, "cluster.local", "svc")) return [];
  if (TEST.test(labels)) return hints({ environment: ["test", `issuer's host ${host} says test`] });
  return STAGING.test(labels) ? hints({ environment: ["staging", `issuer's host ${host} says staging`] }) : [];
}
