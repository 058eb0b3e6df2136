import type { Hint } from "../../model/index.ts";
import { type Claims, has, list, number, object, text } from "../claims.ts";
import type { Jose } from "../jose.ts";
import { exchangeHints } from "./exchange.ts";
import { facts, hints, type Profile, type Reading } from "./profile.ts";

const LEGACY = "kubernetes.io/serviceaccount/";

/** Controllers whose service accounts can take the cluster over. */
const CONTROLLERS = /^(?:clusterrole-aggregation-controller|generic-garbage-collector|namespace-controller)$/;
const OPERATORS = /^(?:argocd-|flux|tiller$|cluster-admin)/;

interface Account {
  readonly namespace: string;
  readonly name: string;
}

/** Service account tokens, legacy and bound (kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/). */
export const KUBERNETES: Profile = {
  name: "Kubernetes service account token",
  provider: "kubernetes",
  dictionary: "kubernetes",
  detect: ({ claims }) =>
    text(claims, "iss") === "kubernetes/serviceaccount" ||
    has(claims, "kubernetes.io") ||
    /^system:serviceaccount:/.test(text(claims, "sub") ?? ""),
  read,
};

function read({ claims }: Jose): Reading {
  const account = accountOf(claims);
  const audiences = list(claims, "aud");
  const exchange = exchangeHints(audiences);
  return {
    kind: exchange ? "workload" : "access",
    principal: "service account",
    subject: `system:serviceaccount:${account.namespace}:${account.name}`,
    roles: list(claims, "groups"),
    facts: accountFacts(claims, account),
    hints: exchange ?? accountHints(account),
  };
}

function accountOf(claims: Claims): Account {
  const bound = object(claims, "kubernetes.io");
  const [, , namespace, name] = (text(claims, "sub") ?? "").split(":");
  return {
    namespace: text(bound, "namespace") ?? text(claims, `${LEGACY}namespace`) ?? namespace ?? "unknown",
    name:
      text(object(bound, "serviceaccount"), "name") ??
      text(claims, `${LEGACY}service-account.name`) ??
      name ??
      "unknown",
  };
}

function accountFacts(claims: Claims, account: Account) {
  const bound = object(claims, "kubernetes.io");
  const issuer = text(claims, "iss") ?? "";
  const gke = /^https:\/\/container\.googleapis\.com\/v1\/projects\/([^/]+)\/locations\/[^/]+\/clusters\/([^/]+)/.exec(
    issuer,
  );
  const eks = /^https:\/\/oidc\.eks\.([^.]+)\.amazonaws\.com\/id\/(.+)$/.exec(issuer);
  const secret = text(claims, `${LEGACY}secret.name`);
  return facts({
    namespace: account.namespace,
    "service account": account.name,
    revoke: secret && `delete the Secret ${secret} of namespace ${account.namespace}`,
    "secret name": secret ?? text(object(bound, "secret"), "name"),
    pod: text(object(bound, "pod"), "name"),
    node: text(object(bound, "node"), "name"),
    project: gke?.[1],
    cluster: gke?.[2] ?? eks?.[2],
    region: eks?.[1],
    "extended expiry": number(bound, "warnafter") !== undefined ? "yes: meant to be replaced after an hour" : undefined,
  });
}

function accountHints({ namespace, name }: Account): readonly Hint[] {
  if ((namespace === "kube-system" && CONTROLLERS.test(name)) || OPERATORS.test(name)) {
    return hints({
      power: [5, `controls the cluster (service account ${namespace}/${name})`],
      breadth: ["multi", "every namespace of the cluster"],
      reach: ["mints", "can read Secrets and create tokens of other service accounts"],
      data: ["confidential", "every Secret of the cluster"],
    });
  }
  const plain = name === "default";
  return hints({
    power: [
      plain ? 2 : 3,
      plain
        ? "the default service account has few rights unless they were added"
        : `acts as service account ${namespace}/${name}`,
    ],
    breadth: ["service", `one namespace, ${namespace}`],
    reach: [
      plain ? "none" : "secrets-likely",
      plain ? "few rights unless they were added" : "its namespace keeps Secrets and configuration",
    ],
    data: ["internal", `what runs in namespace ${namespace}`],
  });
}
