import type { Hint } from "../../model/index.ts";
import { type Claims, hostOf, isUnder, list, object, text, words } from "../claims.ts";
import type { Jose } from "../jose.ts";
import { exchangeHints } from "./exchange.ts";
import { facts, hints, type Profile, type Reading } from "./profile.ts";

const SERVICE_ACCOUNT = /@([a-z0-9-]+)\.iam\.gserviceaccount\.com$|@[a-z0-9.-]*gserviceaccount\.com$/;

const TOKEN_ENDPOINT =
  /^https:\/\/(?:oauth2\.googleapis\.com\/token|(?:www\.googleapis\.com|accounts\.google\.com)\/o(?:auth2)?\/)/;

/** Services whose tokens read or make other credentials. */
const MINTING =
  /^(?:iam|iamcredentials|secretmanager|cloudkms|sts|cloudresourcemanager|compute|container|cloudbuild|run|cloudfunctions|admin)\./;

/** Google ID tokens (cloud.google.com/docs/authentication/token-types). */
export const GOOGLE_ID: Profile = {
  name: "Google ID token",
  provider: "gcp",
  dictionary: "google",
  detect: ({ claims }) => /^(?:https:\/\/)?accounts\.google\.com$/.test(text(claims, "iss") ?? ""),
  read: readId,
};

/** JWTs that a service account signs itself (developers.google.com/identity/protocols/oauth2/service-account). */
export const GOOGLE_SIGNED: Profile = {
  name: "Google service account JWT",
  provider: "gcp",
  dictionary: "google",
  detect: ({ claims }) => SERVICE_ACCOUNT.test(text(claims, "iss") ?? ""),
  read: readSigned,
};

function readId({ claims }: Jose): Reading {
  const email = text(claims, "email") ?? "";
  const machine = SERVICE_ACCOUNT.test(email);
  const engine = object(object(claims, "google"), "compute_engine");
  return {
    kind: machine ? "workload" : "id",
    principal: machine ? "service account" : "user",
    subject: machine ? email : text(claims, "sub"),
    facts: facts({
      org: text(claims, "hd"),
      project: text(engine, "project_id") ?? SERVICE_ACCOUNT.exec(email)?.[1],
      instance: text(engine, "instance_name"),
      zone: text(engine, "zone"),
    }),
    hints: machine
      ? (exchangeHints(list(claims, "aud")) ??
        hints({
          power: [3, "calls the service it names as a service account"],
          breadth: ["service", "one service"],
          data: ["internal", "what the service returns is not known"],
        }))
      : [],
  };
}

function readSigned({ claims }: Jose): Reading {
  const issuer = text(claims, "iss")!;
  const audiences = list(claims, "aud");
  const assertion = audiences.some((audience) => TOKEN_ENDPOINT.test(audience));
  const subject = text(claims, "sub");
  const impersonates = assertion && subject !== undefined && subject !== issuer;
  return {
    kind: assertion ? "assertion" : "access",
    principal: "service account",
    subject: issuer,
    client: issuer,
    facts: facts({
      project: SERVICE_ACCOUNT.exec(issuer)?.[1],
      impersonates: impersonates ? "a user of the Workspace domain" : undefined,
    }),
    hints: impersonates ? delegationHints(claims) : assertion ? [] : directHints(audiences, words(claims, "scope")),
  };
}

/** With domain-wide delegation the service account names any user of the domain (`sub`). */
function delegationHints(claims: Claims): readonly Hint[] {
  const rules = words(claims, "scope").some(
    (scope) => /\/(?:cloud-platform|admin\.directory\.[a-z.]+)$/.test(scope) && !/readonly/.test(scope),
  );
  return hints({
    power: [rules ? 5 : 4, "acts as a user of the Workspace domain (domain-wide delegation)"],
    breadth: ["cross", "its key can name any user of the domain"],
    reach: [rules ? "mints" : "secrets-likely", "the mail, files and accounts of the users it acts as"],
    data: ["confidential", "the mail and files of the users it acts as"],
  });
}

function directHints(audiences: readonly string[], scopes: readonly string[]): readonly Hint[] {
  const host = audiences.map(hostOf).find((name) => isUnder(name, "googleapis.com"));
  if (!host || scopes.length > 0) return [];
  const mints = MINTING.test(host);
  return hints({
    power: [mints ? 4 : 3, `does in ${host} what the service account may`],
    breadth: ["service", `one API, ${host}`],
    reach: [
      mints ? "mints" : "none",
      mints ? `${host} reads or creates other credentials` : `${host} keeps no credentials`,
    ],
    data: ["internal", "what the service account may read is not known"],
  });
}
