import { Buffer } from "node:buffer";
import { crc32 } from "node:zlib";
import { BASE36, encodeBaseN } from "../../src/checksum/base-n.ts";
import { BECH32, bech32Remainder } from "../../src/checksum/bech32.ts";
import { between, bytes, characters, type Random } from "./alphabets.ts";
import { encodeBase32 } from "./azure.ts";
import { type Msgpack, macaroon, msgpack, protobufField } from "./binary.ts";
import type { Format } from "./formats.ts";

const NOW = 1_788_220_800;

const base64Json = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64");

/** `gitlab-routable PREFIX [v01|v0] [o:1,u:iwbh4]`: a routable token; PREFIX is `glpat`, `glrt-t1_`, ... */
export const gitlabRoutable: Format = ([prefix = "glpat", version = "v01", routing], random) => {
  const route = Buffer.from(
    routing?.replaceAll(",", "\n") ?? `o:1\nu:${encodeBaseN(between(1e6, 4e7, random), BASE36)}`,
  );
  const noise = bytes(16, random);
  const whole = version === "v0" ? [route, noise, Buffer.from([16])] : [noise, route, Buffer.from([route.length])];
  const payload = Buffer.concat(whole).toString("base64url");
  const head = /[-_]$/.test(prefix) ? prefix : `${prefix}-`;
  const body = `${head}${payload}.${version === "v0" ? "" : "01."}${encodeBaseN(payload.length, BASE36, 2)}`;
  return body + encodeBaseN(crc32(body), BASE36, 7);
};

/** `atlassian [PREFIX]`: an API token; `ATCTT3xFfGN0` makes a Bitbucket access token. */
export const atlassian: Format = ([prefix = "ATATT3xFfGF0"], random) => {
  const body = `${prefix}${characters("base64url", 171, random)}=`;
  return body + crc32(body).toString(16).toUpperCase().padStart(8, "0");
};

/** `grafana`: a service account token, whose checksum is little-endian. */
export const grafana: Format = (_, random) => {
  const body = `glsa_${characters("alnum", 32, random)}`;
  const sum = Buffer.alloc(4);
  sum.writeUInt32LE(crc32(body));
  return `${body}_${sum.toString("hex")}`;
};

/** `pypi user`, `pypi project NAME [EXPIRES NOT-BEFORE]`; `pypi-test` is the same on the test index. */
export const pypi =
  (index: string): Format =>
  ([kind = "user", name, expires, notBefore], random) => {
    const scope = kind === "project" ? [1, [name]] : { version: 1, permissions: "user" };
    const window = expires ? [[0, Number(expires), Number(notBefore)]] : [];
    const id = `${characters("hex", 8, random)}-0000-4000-8000-${characters("hex", 12, random)}`;
    return `pypi-${macaroon(index, id, [scope, ...window], bytes(32, random)).toString("base64url")}`;
  };

/** `fly [ORG] [EXPIRES]`: a permission token for a whole organization and its discharge. */
export const fly: Format = ([organization = "789516", expires = "5322411261"], random) => {
  const encode = (location: string, caveats: readonly Msgpack[]) =>
    msgpack([[bytes(16, random), bytes(16, random), false], location, caveats, bytes(32, random)]).toString("base64");
  const permission = encode("https://api.fly.io/v1", [0, [Number(organization), 31], 4, [NOW - 60, Number(expires)]]);
  return `FlyV1 fm2_${permission},fm2_${encode("https://api.fly.io/aaa/v1", [8, [between(1, 1e6, random)]])}`;
};

/** `vault-caes [NAMESPACE]`: a service token of Vault 1.10 and later; NAMESPACE is five characters. */
export const vaultCaes: Format = ([namespace], random) => {
  const inner = `hvs.${characters("alnum", 24, random)}${namespace ? `.${namespace}` : ""}`;
  const token = Buffer.concat([protobufField(1, Buffer.from(inner)), protobufField(2, 42)]);
  return `hvs.${Buffer.concat([protobufField(1, 1), protobufField(2, bytes(32, random)), protobufField(3, token)]).toString("base64url")}`;
};

/** `jfrog-reference [EPOCH]`: a reference token; 0 never expires. */
export const jfrogReference: Format = ([epoch = "0"], random) => {
  return Buffer.from(`reftkn:01:${epoch.padStart(10, "0")}:${characters("alnum", 27, random)}`).toString("base64");
};

/** `sentry-org [SLUG]`: an organization token. */
export const sentryOrg: Format = ([org = "acme"], random) => {
  const claims = { iat: NOW - 86_400.5, url: "https://sentry.io", region_url: "https://us.sentry.io", org };
  return `sntrys_${base64Json(claims)}_${characters("base64", 43, random)}`;
};

/** `grafana-cloud [REGION]` and `grafana-legacy`. */
export const grafanaCloud: Format = ([region = "us"], random) =>
  `glc_${base64Json({ o: characters("digits", 6, random), n: "ci-metrics", k: characters("alnum", 24, random), m: { r: region } })}`;
export const grafanaLegacy: Format = (_, random) => base64Json({ k: characters("alnum", 32, random), n: "ci", id: 1 });

/** `bedrock [long|short]`: an Amazon Bedrock API key. */
export const bedrock: Format = ([kind = "long", account = "029608264753"], random) => {
  if (kind === "long") {
    const name = `BedrockAPIKey-${characters("lowalnum", 4, random)}-at-${account}`;
    return `ABSK${Buffer.from(`${name}:${characters("alnum", 48, random)}`).toString("base64")}`;
  }
  const query = `Action=CallWithBearerToken&X-Amz-Algorithm=AWS4-HMAC-SHA256&${signed("bedrock", "43200", random)}&Version=1`;
  return `bedrock-api-key-${Buffer.from(`bedrock.amazonaws.com/?${query}`).toString("base64")}`;
};

function signed(service: string, expires: string, random: Random): string {
  const credential = `${awsKeyId(["029608264753", "ASIA"], random)}/20260901/us-east-1/${service}/aws4_request`;
  const session = `IQoJb3JpZ2luX2Vj${characters("alnum", 100, random)}`;
  return `X-Amz-Credential=${encodeURIComponent(credential)}&X-Amz-Date=20260901T000000Z&X-Amz-Expires=${expires}&X-Amz-Security-Token=${session}&X-Amz-Signature=${characters("hex", 64, random)}&X-Amz-SignedHeaders=host`;
}

/** `eks`: a token for `kubectl` (aws-iam-authenticator, pkg/token). */
export const eks: Format = (_, random) => {
  const url = `https://sts.us-east-1.amazonaws.com/?Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Algorithm=AWS4-HMAC-SHA256&${signed("sts", "60", random)}%3Bx-k8s-aws-id`;
  return `k8s-aws-v1.${Buffer.from(url).toString("base64url")}`;
};

/** `aws-presigned [EXPIRES]`: a presigned S3 URL. */
export const awsPresigned: Format = ([expires = "3600"], random) =>
  `https://acme-reports.s3.amazonaws.com/2026/q3.csv?X-Amz-Algorithm=AWS4-HMAC-SHA256&${signed("s3", expires, random)}`;

/** `aws-key-id [ACCOUNT] [PREFIX]`: an access key id that decodes to the account. */
export const awsKeyId: Format = ([account = "029608264753", prefix = "AKIA"], random) => {
  const first = (1n << 47n) | (BigInt(account) << 7n) | BigInt(between(0, 127, random));
  return (
    prefix + encodeBase32(Buffer.concat([Buffer.from(first.toString(16).padStart(12, "0"), "hex"), bytes(4, random)]))
  );
};

/** `github-installation [APP]`: an installation token of 2026 and later, `ghs_<app>_<jwt>`. */
export const githubInstallation: Format = ([app = "1234567"], random) => {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { iss: "github.com", iat: NOW, exp: NOW + 3600, sub: `installation:${between(1e7, 9e7, random)}` };
  return `ghs_${app}_${part({ alg: "ES256", typ: "JWT" })}.${part(claims)}.${bytes(200, random).toString("base64url")}`;
};

/** `age-key`: an age identity in bech32, upper case. */
export const ageKey: Format = (_, random) => {
  const values = Array.from({ length: 52 }, () => between(0, 31, random));
  values[51]! &= 0b10000;
  const remainder = bech32Remainder("age-secret-key-", [...values, 0, 0, 0, 0, 0, 0]) ^ 1;
  const sum = [25, 20, 15, 10, 5, 0].map((shift) => (remainder >>> shift) & 31);
  return `age-secret-key-1${[...values, ...sum].map((value) => BECH32[value]).join("")}`.toUpperCase();
};

/** `mapbox [pk|sk|tk] [USER]`. */
export const mapbox: Format = ([kind = "sk", user = "acme"], random) => {
  const claims = { u: user, a: characters("lowalnum", 25, random), ...(kind === "tk" && { exp: NOW + 3600 }) };
  return `${kind}.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.${characters("base64url", 22, random)}`;
};

/** `paseto [EXPIRES]`: a `v4.public` token; its signature is noise. */
export const paseto: Format = ([expires = "2026-09-02T00:00:00Z"], random) => {
  const claims = Buffer.from(
    JSON.stringify({ iss: "https://login.acme.io", sub: "svc-cart", aud: "shop", exp: expires }),
  );
  return `v4.public.${Buffer.concat([claims, bytes(64, random)]).toString("base64url")}`;
};

/** `discord-bot [USER-ID]`. */
export const discordBot: Format = ([user], random) => {
  const id = user ?? `1${characters("digits", 17, random)}`;
  const stamp = Buffer.alloc(4);
  stamp.writeUInt32BE(NOW - 1_293_840_000);
  return `${Buffer.from(id).toString("base64url")}.${stamp.toString("base64url")}.${characters("base64url", 38, random)}`;
};

/** `algolia-secured`: a search key narrowed by parameters. */
export const algoliaSecured: Format = (_, random) =>
  Buffer.from(
    `${characters("hex", 64, random)}filters=tenant%3A42&validUntil=${NOW + 86_400}&restrictIndices=products`,
  ).toString("base64");

/** `gcs-signed-url [EXPIRES]`. */
export const gcsSignedUrl: Format = ([expires = "3600"], random) => {
  const credential = encodeURIComponent("reader@acme-prod.iam.gserviceaccount.com/20260901/auto/storage/goog4_request");
  return `https://storage.googleapis.com/acme-reports/q3.csv?X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Credential=${credential}&X-Goog-Date=20260901T000000Z&X-Goog-Expires=${expires}&X-Goog-SignedHeaders=host&X-Goog-Signature=${characters("hex", 512, random)}`;
};
