import type { Decoder } from "./anatomy.ts";
import { decodeAwsBedrock, decodeAwsEks, decodeAwsKeyId, decodeAwsPresigned } from "./aws.ts";
import { decodeAwsRegistry } from "./aws-registry.ts";
import { decodeAdo, decodeAzureCask, decodeEntraPassword } from "./azure-cask.ts";
import { decodeAzureKey, decodeAzureStorage } from "./azure-key.ts";
import { decodeAzureSas } from "./azure-sas.ts";
import { decodeBiscuit } from "./biscuit.ts";
import { decodeLiveOrTest } from "./environment.ts";
import { decodeFly } from "./fly.ts";
import { decodeGithub } from "./github.ts";
import { decodeGitlab, decodeGitlabJob } from "./gitlab.ts";
import { decodeGcpServiceAccount, decodeGcsSignedUrl } from "./google.ts";
import { decodeJwk } from "./jwk.ts";
import { decodeJwt } from "./jwt.ts";
import { decodeKubeconfig } from "./kubeconfig.ts";
import { decodeBasicAuth, decodeDockerConfig, decodeNpm, decodeUrlUserinfo } from "./login.ts";
import { decodeDiscord, decodeSlack, decodeTelegram } from "./messaging.ts";
import { decodeNgrok, decodeWireguard } from "./network.ts";
import { decodeElasticsearch, decodeGrafana, decodeSentry } from "./observability.ts";
import { decodePaseto } from "./paseto.ts";
import { decodeBraintree, decodePlaid, decodeStripe } from "./payments.ts";
import { decodePem } from "./pem.ts";
import { decodePgp } from "./pgp.ts";
import { decodePypi } from "./pypi.ts";
import { decodeDoppler, decodeOnepassword, decodeVault } from "./secret-stores.ts";
import {
  decodeAlgoliaSecured,
  decodeClerk,
  decodeJfrog,
  decodeMapbox,
  decodeSalesforce,
  decodeSourcegraph,
  decodeSupabaseKey,
  decodeTailscale,
  decodeTerraform,
  decodeTwilio,
} from "./services.ts";
import { decodePutty, decodeSshKey } from "./ssh.ts";

export type { Decoder, Parts } from "./anatomy.ts";

const table: Readonly<Record<string, Decoder>> = {
  ado: decodeAdo,
  "algolia-secured": decodeAlgoliaSecured,
  "aws-bedrock": decodeAwsBedrock,
  "aws-eks": decodeAwsEks,
  "aws-key-id": decodeAwsKeyId,
  "aws-presigned": decodeAwsPresigned,
  "aws-registry": decodeAwsRegistry,
  "azure-cask": decodeAzureCask,
  "azure-key": decodeAzureKey,
  "azure-sas": decodeAzureSas,
  "azure-storage": decodeAzureStorage,
  "basic-auth": decodeBasicAuth,
  biscuit: decodeBiscuit,
  braintree: decodeBraintree,
  clerk: decodeClerk,
  discord: decodeDiscord,
  "docker-config": decodeDockerConfig,
  doppler: decodeDoppler,
  elasticsearch: decodeElasticsearch,
  "entra-password": decodeEntraPassword,
  fly: decodeFly,
  "gcp-service-account": decodeGcpServiceAccount,
  "gcs-signed-url": decodeGcsSignedUrl,
  github: decodeGithub,
  gitlab: decodeGitlab,
  "gitlab-job": decodeGitlabJob,
  grafana: decodeGrafana,
  jfrog: decodeJfrog,
  jwk: decodeJwk,
  jwt: (secret) => decodeJwt(secret),
  kubeconfig: decodeKubeconfig,
  "live-or-test": decodeLiveOrTest,
  mapbox: decodeMapbox,
  ngrok: decodeNgrok,
  npm: decodeNpm,
  onepassword: decodeOnepassword,
  paseto: decodePaseto,
  pem: decodePem,
  pgp: decodePgp,
  plaid: decodePlaid,
  putty: decodePutty,
  pypi: decodePypi,
  salesforce: decodeSalesforce,
  sentry: decodeSentry,
  slack: decodeSlack,
  sourcegraph: decodeSourcegraph,
  "ssh-key": decodeSshKey,
  stripe: decodeStripe,
  "supabase-key": decodeSupabaseKey,
  tailscale: decodeTailscale,
  telegram: decodeTelegram,
  terraform: decodeTerraform,
  twilio: decodeTwilio,
  "url-userinfo": decodeUrlUserinfo,
  vault: decodeVault,
  wireguard: decodeWireguard,
};

/** Longest secret that is decoded. */
const LONGEST = 128 * 1024;

/** Every decoder by the name a rule gives as its `decoder`. */
export const decoders: Readonly<Record<string, Decoder>> = Object.fromEntries(
  Object.entries(table).map(([name, decode]): [string, Decoder] => [
    name,
    (secret, parts) => (secret.length > LONGEST ? undefined : decode(secret, parts)),
  ]),
);
