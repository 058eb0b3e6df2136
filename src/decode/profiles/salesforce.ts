import { has, text, words } from "../claims.ts";
import { facts, hints, type Profile } from "./profile.ts";

/** Salesforce JWT access tokens (help.salesforce.com, xcloud.jwt_access_tokens). */
export const SALESFORCE: Profile = {
  name: "Salesforce access token",
  provider: "salesforce",
  dictionary: "salesforce",
  detect: ({ header, claims }) =>
    text(header, "tty") === "sfdc-core-token" || has(header, "tnk") || (has(claims, "sfi") && has(claims, "mty")),
  read: ({ header, claims }) => {
    const [, stage, org] = (text(header, "tnk") ?? "").split("/");
    return {
      kind: "access",
      principal: /^uid:/.test(text(claims, "sub") ?? "") ? "user" : undefined,
      scopes: words(claims, "scp"),
      facts: facts({ org, tenant: stage }),
      hints: [
        ...hints({
          breadth: ["service", "one Salesforce organization"],
          ...(!has(claims, "scp") && { data: ["confidential", "customer records"] as const }),
        }),
        ...(stage === "test" ? hints({ environment: ["staging", "a Salesforce sandbox"] }) : []),
      ],
    };
  },
};
