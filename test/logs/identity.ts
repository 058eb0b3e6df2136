import { generateKeyPairSync, sign } from "node:crypto";

const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** An ID token of GitHub Actions that expires then, with a signature of a key nobody knows. */
export function signed(expires: number): string {
  const text = `${part({ typ: "JWT", alg: "ES256", kid: "k" })}.${part({
    iss: "https://token.actions.githubusercontent.com",
    aud: "https://github.com/acme",
    sub: "repo:acme/app:ref:refs/heads/main",
    repository: "acme/app",
    repository_owner: "acme",
    ref: "refs/heads/main",
    iat: expires - 300,
    nbf: expires - 300,
    exp: expires,
  })}`;
  return `${text}.${sign("sha256", Buffer.from(text), { key: privateKey, dsaEncoding: "ieee-p1363" }).toString("base64url")}`;
}
