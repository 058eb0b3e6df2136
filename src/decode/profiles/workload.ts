import type { Hint } from "../../model/index.ts";
import { has, list, text } from "../claims.ts";
import { exchangeHints } from "./exchange.ts";
import { facts, hints, type Profile } from "./profile.ts";

function serviceHints(audiences: readonly string[], what: string): readonly Hint[] {
  return (
    exchangeHints(audiences) ??
    hints({
      power: [3, `calls services as ${what}`],
      reach: ["none", "nothing says that it reaches other credentials"],
      data: ["internal", "what those services return is not known"],
    })
  );
}

/** SPIFFE JWT-SVID; the trust domain is the boundary (spiffe.io, JWT-SVID 3). */
const SPIFFE: Profile = {
  name: "SPIFFE JWT-SVID",
  provider: "spiffe",
  detect: ({ claims }) => /^spiffe:\/\//.test(text(claims, "sub") ?? ""),
  read: ({ claims }) => ({
    kind: "workload",
    principal: "workload",
    facts: facts({ "trust domain": /^spiffe:\/\/([^/]+)/.exec(text(claims, "sub") ?? "")?.[1] }),
    hints: serviceHints(list(claims, "aud"), "a workload of its trust domain"),
  }),
};

/** Nomad workload identity, which Vault and Consul exchange (developer.hashicorp.com/nomad/docs/concepts/workload-identity). */
const NOMAD: Profile = {
  name: "Nomad workload identity",
  provider: "nomad",
  detect: ({ claims }) => has(claims, "nomad_job_id", "nomad_namespace"),
  read: ({ claims }) => ({
    kind: "workload",
    principal: "workload",
    facts: facts({
      namespace: text(claims, "nomad_namespace"),
      job: text(claims, "nomad_job_id"),
      task: text(claims, "nomad_task"),
    }),
    hints: serviceHints(list(claims, "aud"), "a Nomad job"),
  }),
};

/** Vault identity tokens (developer.hashicorp.com/vault/docs/secrets/identity/identity-token). */
const VAULT_IDENTITY: Profile = {
  name: "Vault identity token",
  provider: "vault",
  dictionary: "vault",
  detect: ({ claims }) => /\/v1\/(?:[^/]+\/){0,8}identity\/oidc/.test(text(claims, "iss") ?? ""),
  read: ({ claims }) => ({
    kind: "workload",
    principal: "workload",
    facts: facts({ namespace: text(claims, "namespace"), entity: text(claims, "sub") }),
    hints: serviceHints(list(claims, "aud"), "a Vault entity"),
  }),
};

/** Consul auto-config and login JWTs, and Istio's mesh identities, which name no other vendor. */
const MESH: Profile = {
  name: "service mesh token",
  provider: "mesh",
  detect: ({ claims }) =>
    has(claims, "consul_node_name", "consul_namespace", "consul_service") ||
    text(claims, "iss") === "istiod.istio-system.svc",
  read: ({ claims }) => ({
    kind: "workload",
    principal: "workload",
    facts: facts({ node: text(claims, "consul_node_name"), namespace: text(claims, "consul_namespace") }),
    hints: serviceHints(list(claims, "aud"), "a service of the mesh"),
  }),
};

export const WORKLOAD: readonly Profile[] = [SPIFFE, NOMAD, VAULT_IDENTITY, MESH];
