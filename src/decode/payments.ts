import type { Anatomy } from "../model/index.ts";
import { anatomy, claimed, hint } from "./anatomy.ts";
import { prefixHints } from "./environment.ts";

/** Stripe keys: who may hold them, and whether they move real money (docs.stripe.com/keys). */
export function decodeStripe(secret: string): Anatomy | undefined {
  if (secret.startsWith("whsec_"))
    return anatomy({ facts: claimed({ provider: "stripe", kind: "webhook signing secret" }) });
  const [, kind, environment] = /^(sk|rk|pk|ek|sk_org)_(live|test)_/.exec(secret) ?? [];
  if (!kind) return undefined;
  const facts = claimed({ provider: "stripe", kind: `${STRIPE[kind]} key`, environment });
  if (kind === "pk")
    return anatomy({ facts, hints: [hint("publicByDesign", true, "public by design: a publishable key")] });
  const fake = environment === "test" ? [hint("data", "internal", "test data only")] : [];
  return anatomy({ facts, hints: [...prefixHints(secret), ...fake] });
}

const STRIPE: Readonly<Record<string, string>> = {
  sk: "secret",
  rk: "restricted",
  pk: "publishable",
  ek: "ephemeral",
  sk_org: "organization",
};

/** A Braintree access token: environment and merchant stand in it (developer.paypal.com/braintree). */
export function decodeBraintree(secret: string): Anatomy | undefined {
  const [, environment, merchant] =
    /^access_token\$(production|sandbox)\$([a-z0-9]{16})\$[0-9a-f]{32}$/.exec(secret) ?? [];
  if (!environment) return undefined;
  const live = environment === "production";
  const words = live ? "live key (production)" : "test environment (sandbox)";
  const hints = [
    hint("environment", live ? "prod" : "test", words),
    ...(live ? [] : [hint("data", "internal", "test data only")]),
  ];
  return anatomy({ facts: claimed({ provider: "braintree", account: merchant, environment }), hints });
}

/** A Plaid access token: one bank item, in one environment (plaid.com/docs/api/items). */
export function decodePlaid(secret: string): Anatomy | undefined {
  const environment = /^(?:access|public|link)-(sandbox|development|production)-/.exec(secret)?.[1];
  if (!environment) return undefined;
  const test =
    environment === "sandbox"
      ? [hint("environment", "test", "test environment (sandbox)"), hint("data", "internal", "test data only")]
      : [];
  const live = environment === "production" ? [hint("environment", "prod", "live token (production)")] : [];
  return anatomy({ facts: claimed({ provider: "plaid", environment }), hints: [...test, ...live] });
}
