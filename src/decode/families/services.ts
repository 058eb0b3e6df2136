import type { Decoder } from "../anatomy.ts";
import { decodeAwsBedrock, decodeAwsEks, decodeAwsKeyId, decodeAwsPresigned } from "../aws.ts";
import { decodeAwsRegistry } from "../aws-registry.ts";
import { decodeAdo, decodeAzureCask, decodeEntraPassword } from "../azure-cask.ts";
import { decodeAzureKey, decodeAzureStorage } from "../azure-key.ts";
import { decodeAzureSas } from "../azure-sas.ts";
import { decodeBiscuit } from "../biscuit.ts";
import { decodeLiveOrTest } from "../environment.ts";
import { decodeFly } from "../fly.ts";
import { decodeGithub } from "../github.ts";
import { decodeGitlab } from "../gitlab.ts";
import { decodeGcpServiceAccount, decodeGcsSignedUrl } from "../google.ts";
import { decodeBasicAuth, decodeDockerConfig, decodeNpm, decodeUrlUserinfo } from "../login.ts";
import { decodeDiscord, decodeSlack, decodeTelegram } from "../messaging.ts";
import { decodeNgrok } from "../network.ts";
import { decodeElasticsearch, decodeGrafana, decodeSentry } from "../observability.ts";
import { decodePaseto } from "../paseto.ts";
import { decodeBraintree, decodePlaid, decodeStripe } from "../payments.ts";
import { decodePypi } from "../pypi.ts";
import { decodeDoppler, decodeOnepassword, decodeVault } from "../secret-stores.ts";
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
} from "../services.ts";

/** Decoders of the tokens of services. */
export const SERVICES: Readonly<Record<string, Decoder>> = {
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
  grafana: decodeGrafana,
  jfrog: decodeJfrog,
  "live-or-test": decodeLiveOrTest,
  mapbox: decodeMapbox,
  ngrok: decodeNgrok,
  npm: decodeNpm,
  onepassword: decodeOnepassword,
  paseto: decodePaseto,
  plaid: decodePlaid,
  pypi: decodePypi,
  salesforce: decodeSalesforce,
  sentry: decodeSentry,
  slack: decodeSlack,
  sourcegraph: decodeSourcegraph,
  stripe: decodeStripe,
  "supabase-key": decodeSupabaseKey,
  tailscale: decodeTailscale,
  telegram: decodeTelegram,
  terraform: decodeTerraform,
  twilio: decodeTwilio,
  "url-userinfo": decodeUrlUserinfo,
  vault: decodeVault,
};
