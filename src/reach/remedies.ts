import type { Remedy } from "../model/index.ts";
import type { Case } from "./breaches.ts";
import { spell } from "./life.ts";
import { list, ownersOf } from "./policy.ts";

type Step = (
  found: Case,
  breaches: ReadonlySet<string>,
) => Omit<Remedy, "owner"> | readonly Omit<Remedy, "owner">[] | undefined;

/** Where a provider writes down who used a credential. */
const LOGS: readonly (readonly [RegExp, string])[] = [
  [/aws|amazon/, "CloudTrail"],
  [/github/, "the GitHub audit log"],
  [/gitlab/, "GitLab's audit events"],
  [/azure|entra|microsoft/, "the Entra sign-in logs and the Azure activity log"],
  [/gcp|google|firebase/, "Google Cloud's audit logs"],
  [/okta/, "the Okta System Log"],
  [/auth0/, "Auth0's tenant logs"],
  [/slack/, "Slack's access and audit logs"],
  [/kubernetes|kubeconfig/, "the audit log of the API server"],
  [/vault/, "Vault's audit device"],
  [/stripe/, "Stripe's request logs"],
  [/keycloak/, "Keycloak's events"],
  [/npm|pypi|crates|rubygems|nuget/, "the registry's publishing history"],
];

/** Formats that belong to no vendor, by the provider of their rules. */
const FORMATS: Readonly<Record<string, string>> = {
  JOSE: "the issuer's log",
  generic: "the issuer's log",
  "bearer formats": "the issuer's log",
  logins: "the log of what it opens",
  "private keys": "the logs of whatever trusts it",
  age: "the history of the files that are encrypted to it",
};

/** docs/architecture.md, "Scores", in this order; those that do not apply say nothing. */
const STEPS: readonly Step[] = [
  revoke,
  cleanUp,
  rotateDependants,
  splitAudience,
  narrowScope,
  shortenLife,
  constrainSender,
  rotateRefresh,
  bindNetwork,
  recordOwner,
  readLog,
];

/** What to do, in the order to do it. */
export function remediesOf(found: Case, breaches: ReadonlySet<string>): readonly Remedy[] {
  const owners = ownersOf(found.extent);
  return STEPS.flatMap((step) => step(found, breaches) ?? []).map((remedy) => ({
    ...remedy,
    ...(owners.length > 0 && { owner: list(owners) }),
  }));
}

function isOver({ traits }: Case): boolean {
  return traits.life === "expired" || traits.certainty === "bad-checksum";
}

function revoke(found: Case): Omit<Remedy, "owner"> | undefined {
  if (isOver(found) && found.expiry.kind !== "presumed") return undefined;
  const { url, command } = found.rule.revoke;
  // A decoder may know a way of this very token: edit its stored access policy, delete its Secret.
  const how = found.facts.find(({ name }) => name === "revoke")?.value ?? found.rule.revoke.how;
  const told = /^Revoke\b/.test(how) ? how : `Revoke it: ${how}`;
  const action = isOver(found) ? `Make sure that it is revoked: ${how}` : told;
  return { action, ...(url && { where: url }), ...(command && { command }) };
}

function cleanUp(found: Case): Omit<Remedy, "owner"> | readonly Omit<Remedy, "owner">[] {
  if (found.cleanUp) return found.cleanUp;
  if (isOver(found))
    return { action: "Find out why it was written here, and stop that: the next one will be of use to a thief" };
  return {
    action: "Then remove it from the file and, if need be, from history; rewriting history without revoking is useless",
  };
}

function rotateDependants({ traits }: Case): Omit<Remedy, "owner"> | undefined {
  if (traits.reach !== "mints" || traits.life === "expired") return undefined;
  return {
    action:
      "List what it could read or create (environment variables, vault paths, CI secrets, users, keys) and rotate that too",
  };
}

function splitAudience({ extent }: Case, breaches: ReadonlySet<string>): Omit<Remedy, "owner"> | undefined {
  if (breaches.has("BR-SPAN"))
    return {
      action: `Ask for one token for each boundary (${list(extent.reached.map(({ name }) => name))}): \`resource\`, RFC 8707, or token exchange, RFC 8693`,
    };
  return breaches.has("BR-NOAUD")
    ? { action: "Name the API that the token is for (`aud`), and have every API refuse tokens without its name" }
    : undefined;
}

function narrowScope({ grants, traits }: Case, breaches: ReadonlySet<string>): Omit<Remedy, "owner"> | undefined {
  if (!breaches.has("BR-SCOPE")) return undefined;
  const strongest = grants
    .filter(({ power }) => power === traits.power)
    .map(({ name }) => `\`${name}\``)
    .slice(0, 3);
  return {
    action: `Ask only for what is used${strongest.length > 0 ? `: instead of ${list(strongest)}, the narrowest scopes that do` : ""}`,
  };
}

function shortenLife(found: Case, breaches: ReadonlySet<string>): Omit<Remedy, "owner"> | undefined {
  if (!breaches.has("BR-TTL")) return undefined;
  const { policy, anatomy } = found;
  const { accessTokenTtl, refreshTokenTtl, keyAge } = policy.limits;
  const kind = anatomy?.authority?.kind ?? "key";
  const limit = kind === "refresh" ? refreshTokenTtl : kind === "key" ? keyAge : accessTokenTtl;
  if (found.rule.provider === "private keys") return { action: `Replace it at least every ${spell(limit)}` };
  return {
    action: `Let it expire within ${spell(limit)}; in CI, take short-lived tokens from OIDC federation instead of stored ones`,
  };
}

function constrainSender({ anatomy }: Case, breaches: ReadonlySet<string>): Omit<Remedy, "owner"> | undefined {
  const issued = (anatomy?.authority?.kind ?? "key") !== "key";
  return breaches.has("BR-BEARER") && issued
    ? { action: "Bind tokens of this power to a key of their client: DPoP (RFC 9449) or mutual TLS (RFC 8705)" }
    : undefined;
}

function rotateRefresh(_: Case, breaches: ReadonlySet<string>): Omit<Remedy, "owner"> | undefined {
  return breaches.has("BR-REFRESH")
    ? { action: "Rotate refresh tokens at every use and bind them to their client (RFC 9700, 4.14.2)" }
    : undefined;
}

function bindNetwork({ anatomy, traits }: Case, breaches: ReadonlySet<string>): Omit<Remedy, "owner"> | undefined {
  const key = (anatomy?.authority?.kind ?? "key") === "key";
  return key && breaches.has("BR-TTL") && traits.possession === "bearer" && traits.power >= 3
    ? { action: "Where a key must stay, let it work from known networks only" }
    : undefined;
}

function recordOwner({ extent }: Case): Omit<Remedy, "owner"> | undefined {
  const nobody = extent.reached.filter(({ boundary }) => !boundary?.owner).map(({ name }) => name);
  if (nobody.length === 0 && extent.reached.length > 0) return undefined;
  return {
    action:
      nobody.length > 0
        ? `Record who owns ${list(nobody.slice(0, 5))} in the policy file`
        : "Record its owner in the policy file",
  };
}

function readLog({ rule, facts, traits }: Case): Omit<Remedy, "owner"> | undefined {
  if (traits.certainty === "bad-checksum") return undefined;
  const providers = facts
    .filter(({ name }) => name === "provider")
    .map(({ value }) => value)
    .join(" ");
  const log =
    LOGS.find(([pattern]) => pattern.test(providers))?.[1] ?? FORMATS[rule.provider] ?? `${rule.provider}'s audit log`;
  return { action: `Look for its use in ${log}` };
}
