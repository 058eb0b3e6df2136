import { Buffer } from "node:buffer";
import { bytes, characters, type Random, uuid } from "./alphabets.ts";
import { COMMON_NAME, certificate, ORGANIZATION } from "./binary.ts";
import type { Format } from "./formats.ts";
import { pem } from "./keys.ts";

const NOW = 1_788_220_800;

/** `gcp-service-account [PROJECT]`: the key file that `gcloud iam service-accounts keys create` writes. */
export const gcpServiceAccount: Format = ([project = "acme-prod"], random) => {
  const email = `deploy@${project}.iam.gserviceaccount.com`;
  const file = {
    type: "service_account",
    project_id: project,
    private_key_id: characters("hex", 40, random),
    private_key: `${pem("PRIVATE KEY", random)}\n`,
    client_email: email,
    client_id: characters("digits", 21, random),
    token_uri: "https://oauth2.googleapis.com/token",
    universe_domain: "googleapis.com",
  };
  return JSON.stringify(file, null, 2);
};

/** `gcp-authorized-user`: application default credentials of a person. */
export const gcpAuthorizedUser: Format = (_, random) => {
  const client = `${characters("digits", 12, random)}-${characters("lowalnum", 32, random)}.apps.googleusercontent.com`;
  const secrets = {
    client_secret: `GOCSPX-${characters("base64url", 28, random)}`,
    refresh_token: `1//0${characters("base64url", 60, random)}`,
  };
  return JSON.stringify({ account: "", client_id: client, ...secrets, type: "authorized_user" }, null, 2);
};

/** `kubeconfig [masters|user|token] [HOST] [DAYS]`: one cluster, one user with a client certificate or a token. */
export const kubeconfig: Format = ([kind = "masters", host = "k8s.acme.io", days = "300"], random) => {
  const organization = kind === "masters" ? "system:masters" : "developers";
  const names = [[ORGANIZATION, organization] as const, [COMMON_NAME, "kubernetes-admin"] as const];
  const der = certificate(names, NOW - 86_400, NOW + Number(days) * 86_400, bytes(64, random));
  const wrapped = (type: string, body: string) =>
    Buffer.from(`-----BEGIN ${type}-----\n${body}\n-----END ${type}-----\n`).toString("base64");
  const key = Buffer.from(pem("RSA PRIVATE KEY", random)).toString("base64");
  const signed = `    client-certificate-data: ${wrapped("CERTIFICATE", lines(der))}\n    client-key-data: ${key}`;
  const login = kind === "token" ? `    token: ${characters("alnum", 64, random)}` : signed;
  return `apiVersion: v1
kind: Config
clusters:
- cluster:
    server: https://${host}:6443
  name: acme
contexts:
- context:
    cluster: acme
    user: kubernetes-admin
  name: kubernetes-admin@acme
current-context: kubernetes-admin@acme
users:
- name: kubernetes-admin
  user:
${login}
`;
};

function lines(body: Buffer): string {
  return body
    .toString("base64")
    .match(/.{1,64}/g)!
    .join("\n");
}

/** `docker-auth [HOST] [USER]`: the file `docker login` writes. */
export const dockerAuth: Format = ([host = "registry.acme.io", user = "ci"], random) => {
  const auth = Buffer.from(`${user}:${characters("alnum", 24, random)}`).toString("base64");
  return JSON.stringify({ auths: { [host]: { auth } } });
};

/** `onepassword`: a 1Password service account token. */
export const onepassword: Format = (_, random) => {
  const id = characters("lowalnum", 13, random);
  const account = {
    signInAddress: "acme.1password.com",
    userAuth: {
      method: "SRPg-4096",
      alg: "PBES2g-HS256",
      iterations: 650_000,
      salt: characters("base64url", 22, random),
    },
    email: `${id}@1passwordserviceaccounts.com`,
    srpX: characters("hex", 64, random),
    muk: {
      alg: "A256GCM",
      ext: true,
      k: characters("base64url", 43, random),
      key_ops: ["encrypt", "decrypt"],
      kty: "oct",
      kid: "mp",
    },
    secretKey: `A3-${["6", "6", "5", "5", "5", "5"].map((length) => characters("upalnum", Number(length), random)).join("-")}`,
    throttleSecret: { seed: characters("hex", 64, random), uuid: characters("upalnum", 26, random) },
    deviceUuid: uuid(random).replaceAll("-", ""),
  };
  return `ops_${Buffer.from(JSON.stringify(account)).toString("base64url")}`;
};

/** `jwk-private [RSA|EC|oct|OKP] [USE]`: one private key as JSON (RFC 7517, appendix A.2). */
export const jwkPrivate: Format = ([type = "EC", use = "sig"], random) => {
  return JSON.stringify({ ...keyMembers(type, random), use, kid: characters("lowalnum", 8, random) });
};

function keyMembers(type: string, random: Random): Record<string, string> {
  const part = (length: number) => bytes(length, random).toString("base64url");
  if (type === "oct") return { kty: "oct", alg: "HS256", k: part(32) };
  if (type === "OKP") return { kty: "OKP", crv: "Ed25519", d: part(32), x: part(32) };
  if (type === "EC") return { kty: "EC", crv: "P-256", d: part(32), x: part(32), y: part(32) };
  return {
    kty: "RSA",
    n: part(256),
    e: "AQAB",
    d: part(256),
    p: part(128),
    q: part(128),
    dp: part(128),
    dq: part(128),
    qi: part(128),
  };
}
