import { Buffer } from "node:buffer";
import { X509Certificate } from "node:crypto";
import type { Anatomy, Hint } from "../model/index.ts";
import { anatomy, claimed, hint, keyOf, type Parts, STRUCTURE } from "./anatomy.ts";
import { serverHints } from "./hosts.ts";
import { urlHost } from "./query.ts";

const DEVELOPMENT = /^(?:minikube|kind-.+|k3d-.+|docker-desktop|docker-for-desktop|rancher-desktop|colima|orbstack)$/;

/** A kubeconfig, or the client certificate of one: who it signs in as, where, and until when. */
export function decodeKubeconfig(secret: string, parts: Parts): Anatomy | undefined {
  const encoded = /client-certificate-data["']?\s*:\s*["']?([A-Za-z0-9+/]{200,16000}={0,2})/.exec(secret)?.[1];
  const certificate = clientCertificate(encoded ?? parts.certificate ?? secret);
  const server =
    /\bserver["']?\s*:\s*["']?(https?:\/\/[^\s"',}]{3,300})/.exec(secret)?.[1] ?? parts.server ?? parts.host;
  const cluster = /\bcurrent-context["']?\s*:\s*["']?([\w.:@/-]{1,200})/.exec(secret)?.[1];
  if (!certificate && !server) return undefined;
  const facts = claimed({
    provider: "kubernetes",
    server,
    cluster,
    ...certificate?.subject,
    until: certificate?.until,
  });
  const login = certificate?.subject.user;
  const hints = [...(certificate ? groupHints(certificate.subject.groups) : []), ...placeHints(server, cluster)];
  return anatomy({
    facts,
    hints,
    ...(certificate ? keyOf({ ...(login && { subject: login }), expires: certificate.expires }) : {}),
  });
}

function groupHints(groups: string): readonly Hint[] {
  if (!groups.split(", ").includes("system:masters")) return [STRUCTURE];
  return [
    STRUCTURE,
    hint("power", 5, "in group system:masters: past all authorization, and revoked only with the cluster's CA"),
    hint("breadth", "multi"),
    hint("reach", "mints", "can read or create other credentials (Kubernetes secrets)"),
    hint("data", "confidential"),
  ];
}

function placeHints(server: string | undefined, cluster: string | undefined): readonly Hint[] {
  if (cluster && DEVELOPMENT.test(cluster)) return [hint("environment", "test", `test environment (${cluster})`)];
  return serverHints(server && (urlHost(server) ?? server));
}

interface ClientCertificate {
  readonly subject: { readonly user: string; readonly groups: string };
  readonly until: string;
  readonly expires: number;
}

/** Subject names become user and groups (kubernetes.io, "X509 client certificates"). */
function clientCertificate(encoded: string): ClientCertificate | undefined {
  const text = Buffer.from(encoded.trim(), "base64");
  if (text.length > 32_768) return undefined;
  try {
    const certificate = new X509Certificate(text);
    const names = certificate.subject.split("\n");
    const named = (key: string) =>
      names.flatMap((name) => (name.startsWith(`${key}=`) ? [name.slice(key.length + 1)] : []));
    const expires = Math.floor(Date.parse(certificate.validTo) / 1000);
    return {
      subject: { user: named("CN").join(", "), groups: named("O").join(", ") },
      until: certificate.validTo,
      expires,
    };
  } catch {
    // Not a certificate: the kubeconfig signs in another way.
    return undefined;
  }
}
