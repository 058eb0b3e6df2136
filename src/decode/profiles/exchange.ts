import type { Hint } from "../../model/index.ts";
import { hints } from "./profile.ts";

interface Exchange {
  readonly audience: RegExp;
  readonly hints: readonly Hint[];
}

/** Cloud accounts that trust the issuer give out credentials for the token. */
function cloud(audience: RegExp, what: string): Exchange {
  return {
    audience,
    hints: hints({
      power: [4, `can be exchanged for ${what}`],
      breadth: ["multi", "a cloud account holds several services"],
      reach: ["mints", `can be exchanged for ${what}`],
      data: ["internal", "what the exchanged credentials read is not known"],
    }),
  };
}

function publishing(audience: RegExp, registry: string): Exchange {
  return {
    audience,
    hints: hints({
      power: [3, `publishes packages to ${registry} (trusted publishing)`],
      breadth: ["single", "only for packages that trust this workflow"],
      reach: ["mints", "what it publishes runs at every user of the package"],
      data: ["internal", "packages are mostly public, publishing is not"],
    }),
  };
}

/** Audiences that take an identity for other credentials, the strongest first (OIDC federation pages of the vendors). */
const EXCHANGES: readonly Exchange[] = [
  cloud(/^sts\.(?:[a-z0-9-]+\.)?amazonaws\.com(?:\.cn)?$|^aws\.workload\.identity$/, "AWS credentials"),
  cloud(/^api:\/\/azureadtokenexchange/i, "Microsoft Entra access tokens"),
  cloud(/^(?:https:)?\/\/iam\.googleapis\.com\/(?:projects|locations)\//, "Google Cloud access tokens"),
  {
    audience: /^(?:https:\/\/)?vault(?:$|[./:-])|^https:\/\/[^/]*\bvault\b/i,
    hints: hints({
      power: [4, "can be exchanged for a Vault token"],
      breadth: ["service", "one Vault"],
      reach: ["mints", "Vault keeps other credentials"],
      data: ["confidential", "Vault keeps other credentials"],
    }),
  },
  {
    audience: /^(?:https:\/\/)?consul(?:$|[./:-])/i,
    hints: hints({
      power: [3, "can be exchanged for a Consul token"],
      breadth: ["service", "one Consul data center"],
      reach: ["mints", "Consul's key-value store often keeps other credentials"],
      data: ["internal", "service catalogue and configuration"],
    }),
  },
  {
    audience: /^sigstore$/,
    hints: hints({
      power: [3, "signs artifacts as this workflow (Sigstore Fulcio)"],
      breadth: ["service", "every verifier that trusts this workflow's identity"],
      reach: ["mints", "gets a signing certificate"],
      data: ["internal", "signatures are public, the identity is not the thief's"],
    }),
  },
  publishing(/^npm:/, "npm"),
  publishing(/^(?:test)?pypi$/, "PyPI"),
  publishing(/^(?:https:\/\/)?(?:crates\.io|rubygems\.org|(?:www\.)?nuget\.org)\b/, "a package registry"),
  {
    audience: /^https:\/\/[^/]+\.(?:run\.app|cloudfunctions\.net)(?:\/|$)/,
    hints: hints({
      power: [3, "calls the Cloud Run or Cloud Functions service it names"],
      breadth: ["service", "one service"],
      reach: ["none", "nothing says that the service keeps credentials"],
      data: ["internal", "what the service returns is not known"],
    }),
  },
];

/** What an identity token is worth at its audiences; undefined when none of them exchanges it. */
export function exchangeHints(audiences: readonly string[]): readonly Hint[] | undefined {
  return EXCHANGES.find(({ audience }) => audiences.some((name) => audience.test(name)))?.hints;
}

/** Hints for a CI job's identity: its audience's, or those of an unknown deployment target. */
export function jobHints(audiences: readonly string[]): readonly Hint[] {
  return (
    exchangeHints(audiences) ??
    hints({
      power: [3, "can be exchanged wherever this CI job is trusted"],
      breadth: ["service", "one target takes this audience"],
      reach: ["mints", "CI identities deploy and fetch secrets"],
      data: ["internal", "the target is not known"],
    })
  );
}
