import type { Hint } from "../../model/index.ts";
import { type Claims, has, list, text, words } from "../claims.ts";
import type { Jose } from "../jose.ts";
import { facts, hints, type Profile, type Reading } from "./profile.ts";

const ISSUER = /^https:\/\/cognito-idp\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/(.+)$/;

/** Amazon Cognito user pool tokens (docs.aws.amazon.com/cognito, "Understanding user pool JWTs"). */
export const COGNITO: Profile = {
  name: "Amazon Cognito token",
  provider: "aws",
  detect: ({ claims }) => ISSUER.test(text(claims, "iss") ?? ""),
  read,
};

/** Refresh tokens are encrypted to the user pool: five parts, `RSA-OAEP`, `cty` JWT. */
export const COGNITO_REFRESH: Profile = {
  name: "Amazon Cognito refresh token",
  provider: "aws",
  detect: ({ form, header }) =>
    form === "encrypted" &&
    text(header, "alg") === "RSA-OAEP" &&
    text(header, "enc") === "A256GCM" &&
    text(header, "cty") === "JWT",
  read: () => ({
    kind: "refresh",
    expires: "unknown",
    hints: hints({
      power: [3, "gets access tokens of its user"],
      breadth: ["service", "one user pool client"],
      reach: ["none", "nothing says that it reaches other credentials"],
      data: ["confidential", "whatever its user may read"],
      refresh: [true, "can be renewed for 30 days by default, up to 10 years"],
    }),
  }),
};

function read({ claims }: Jose): Reading {
  const [, region, pool] = ISSUER.exec(text(claims, "iss") ?? "") ?? [];
  const arns = [...new Set([...list(claims, "cognito:roles"), ...list(claims, "cognito:preferred_role")])];
  const kind = text(claims, "token_use") === "id" ? "id" : "access";
  return {
    // Groups are the application's own; only IAM roles are for the dictionary of AWS.
    dictionary: arns.length > 0 ? "aws" : "generic",
    kind,
    principal: kind === "access" && text(claims, "sub") === text(claims, "client_id") ? "client" : "user",
    roles: [...list(claims, "cognito:groups"), ...arns.map((arn) => arn.replace(/^.*\//, ""))],
    facts: facts({
      region,
      "user pool": pool,
      "IAM role": arns,
      account: arns.map((arn) => /^arn:[^:]*:iam::(\d{12}):/.exec(arn)?.[1]).find((id) => id),
    }),
    hints:
      kind === "access" ? selfHints(claims) : arns.length > 0 ? roleHints(arns.some((arn) => /admin/i.test(arn))) : ID,
  };
}

/** Unlike those of other issuers, these open APIs: API Gateway, AppSync and identity pools take them (docs.aws.amazon.com/cognito, "Using the ID token"). */
const ID = hints({
  power: [2, "API Gateway, AppSync and identity pools take Cognito's ID tokens"],
  breadth: ["service", "whatever trusts its user pool"],
  reach: ["none", "names no IAM role"],
  data: ["confidential", "carries personal data"],
});

function roleHints(admin: boolean) {
  return hints({
    power: [admin ? 5 : 4, "can be exchanged for AWS credentials of the IAM role it names (identity pool)"],
    breadth: ["multi", "an AWS role reaches several services"],
    reach: ["mints", "can be exchanged for AWS credentials"],
    data: ["confidential", "carries personal data, and what the role reads"],
  });
}

function selfHints(claims: Claims): readonly Hint[] {
  const scopes = words(claims, "scope");
  if (!scopes.includes("aws.cognito.signin.user.admin")) return [];
  const only = scopes.every((scope) =>
    /^(?:aws\.cognito\.signin\.user\.admin|openid|profile|email|phone)$/.test(scope),
  );
  return hints({
    ...(!has(claims, "cognito:groups") && {
      power: [
        3,
        "changes its user's attributes, password and second factor (scope aws.cognito.signin.user.admin)",
      ] as const,
    }),
    ...(only && { breadth: ["single", "one user's own account"] as const }),
    data: ["confidential", "its user's account"],
  });
}
