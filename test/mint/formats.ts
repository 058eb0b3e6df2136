import { Buffer } from "node:buffer";
import { crc32 } from "node:zlib";
import { characters, type Random, uuid } from "./alphabets.ts";
import { adoLegacy, azureCask, azureKey, azureSas, entraSecret } from "./azure.ts";
import { biscuit } from "./biscuit.ts";
import * as documents from "./documents.ts";
import { encryptedPem, opensshKey, opensshRsa, putty } from "./keys.ts";
import { pgp } from "./pgp.ts";
import * as tokens from "./tokens.ts";

/** Makes one token of a format, from the words after its name in the template. */
export type Format = (args: readonly string[], random: Random) => string;

const dashed = (...parts: readonly string[]) => parts.join("-");

/** Every `{{mint NAME ARG…}}`. */
export const formats: Readonly<Record<string, Format>> = {
  "ado-legacy": adoLegacy,
  "age-key": tokens.ageKey,
  "algolia-secured": tokens.algoliaSecured,
  atlassian: tokens.atlassian,
  "aws-key-id": tokens.awsKeyId,
  "aws-presigned": tokens.awsPresigned,
  "azure-cask": azureCask,
  "azure-key": azureKey,
  "azure-sas": azureSas,
  bedrock: tokens.bedrock,
  biscuit,
  braintree: ([environment = "production"], random) =>
    `access_token$${environment}$${characters("lowalnum", 16, random)}$${characters("hex", 32, random)}`,
  clerk: ([kind = "pk_live", host = "clerk.acme.io"]) => `${kind}_${Buffer.from(`${host}$`).toString("base64")}`,
  "discord-bot": tokens.discordBot,
  "docker-auth": documents.dockerAuth,
  eks: tokens.eks,
  "entra-secret": entraSecret,
  fly: tokens.fly,
  "gcp-authorized-user": documents.gcpAuthorizedUser,
  "gcp-service-account": documents.gcpServiceAccount,
  "gcs-signed-url": tokens.gcsSignedUrl,
  "github-installation": tokens.githubInstallation,
  "gitlab-routable": tokens.gitlabRoutable,
  grafana: tokens.grafana,
  "grafana-cloud": tokens.grafanaCloud,
  "grafana-legacy": tokens.grafanaLegacy,
  "jfrog-reference": tokens.jfrogReference,
  "jwk-private": documents.jwkPrivate,
  kubeconfig: documents.kubeconfig,
  mapbox: tokens.mapbox,
  onepassword: documents.onepassword,
  paseto: tokens.paseto,
  "pem-encrypted": (_, random) => encryptedPem(random),
  pgp,
  putty: ([cipher = "none", comment = "me@host"], random) => putty(cipher, comment, random),
  pypi: tokens.pypi("pypi.org"),
  "pypi-test": tokens.pypi("test.pypi.org"),
  "sentry-org": tokens.sentryOrg,
  "slack-bot": (_, random) =>
    dashed("xoxb", characters("digits", 12, random), characters("digits", 13, random), characters("alnum", 24, random)),
  "slack-user": (_, random) =>
    dashed(
      "xoxp",
      ...[12, 12, 13].map((length) => characters("digits", length, random)),
      characters("hex", 32, random),
    ),
  "ssh-ed25519": ([comment = "ci@build", encrypted], random) => opensshKey(comment, encrypted === "encrypted", random),
  "ssh-rsa": ([bits = "3072"], random) => opensshRsa(Number(bits), random),
  telegram: (_, random) => `${characters("digits", 10, random)}:AA${characters("base64url", 33, random)}`,
  twilio: ([kind = "AC"], random) => kind + characters("hex", 32, random),
  "vault-caes": tokens.vaultCaes,
  workos: ([kind = "live"], random) =>
    `sk_${kind}_${Buffer.from(`key_${uuid(random)},${characters("alnum", 25, random)}`).toString("base64")}`,
  zuplo: (_, random) => {
    const body = characters("alnum", 32, random);
    return `zpka_${body}_${crc32(body).toString(16).padStart(8, "0")}`;
  },
};
