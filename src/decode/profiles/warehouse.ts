import { hostOf, isUnder, text, words } from "../claims.ts";
import { facts, hints, type Profile } from "./profile.ts";

const KEY_PAIR = /^([A-Z0-9_-]+(?:\.[A-Z0-9_-]+)*?)\.([^.]+)\.SHA256:/i;

/** Snowflake key-pair JWTs: `iss` is ACCOUNT.USER.SHA256:fingerprint (docs.snowflake.com, "Key-pair authentication"). */
const SNOWFLAKE: Profile = {
  name: "Snowflake key-pair JWT",
  provider: "snowflake",
  detect: ({ claims }) => KEY_PAIR.test(text(claims, "iss") ?? ""),
  read: ({ claims }) => {
    const [, account, user] = KEY_PAIR.exec(text(claims, "iss") ?? "") ?? [];
    const admin = /admin/i.test(user ?? "");
    return {
      kind: "access",
      // The issuer ends with the fingerprint of a key; the account alone names who issued it.
      issuer: account,
      principal: "unknown",
      facts: facts({ account }),
      hints: hints({
        power: [
          admin ? 4 : 3,
          admin ? "acts as a user whose name says administrator" : "acts as one user; its role is not in the token",
        ],
        breadth: ["service", "one Snowflake account"],
        reach: ["none", "nothing says that it reaches other credentials"],
        data: ["confidential", "what the warehouse keeps"],
      }),
    };
  },
};

/** Databricks OAuth tokens, of a workspace or of the whole account (docs.databricks.com, "OAuth machine-to-machine"). */
const DATABRICKS: Profile = {
  name: "Databricks access token",
  provider: "databricks",
  dictionary: "databricks",
  detect: ({ claims }) =>
    isUnder(
      hostOf(text(claims, "iss")),
      "cloud.databricks.com",
      "gcp.databricks.com",
      "azuredatabricks.net",
      "databricks.azure.us",
      "databricks.azure.cn",
    ),
  read: ({ claims }) => {
    const host = hostOf(text(claims, "iss"));
    const account = host?.startsWith("accounts.") ?? false;
    const all = words(claims, "scope").includes("all-apis");
    return {
      principal:
        text(claims, "client_id") !== undefined && text(claims, "client_id") === text(claims, "sub")
          ? "client"
          : undefined,
      facts: facts({
        workspace: account ? undefined : host,
        account: /\/accounts\/([^/]+)/.exec(text(claims, "iss") ?? "")?.[1],
      }),
      hints: [
        ...hints({ data: ["confidential", "what the lakehouse keeps"] }),
        ...(account
          ? hints({ breadth: ["multi", "every workspace of the account"] })
          : hints({ breadth: ["service", "one workspace"] })),
        ...(all ? hints({ reach: ["mints", "reads secret scopes and runs jobs (scope all-apis)"] }) : []),
      ],
    };
  },
};

export const WAREHOUSE: readonly Profile[] = [SNOWFLAKE, DATABRICKS];
