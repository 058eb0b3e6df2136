import type { Decoder } from "./anatomy.ts";

export type { Decoder, Parts } from "./anatomy.ts";

/** Those that are none of a service's own; each family is loaded when a secret of it was found. */
const FAMILIES: Readonly<Record<string, "jwt" | "keys">> = {
  "github-jwt": "jwt",
  "gitlab-job": "jwt",
  jwk: "keys",
  jwt: "jwt",
  kubeconfig: "keys",
  pem: "keys",
  pgp: "keys",
  putty: "keys",
  "ssh-key": "keys",
  wireguard: "keys",
};

/** Longest secret that is decoded. */
const LONGEST = 128 * 1024;

/** The decoder that a rule names; undefined when there is none of that name. */
export async function decoderOf(name: string): Promise<Decoder | undefined> {
  const decode = (await familyOf(name))[name];
  return decode && ((secret, parts) => (secret.length > LONGEST ? undefined : decode(secret, parts)));
}

async function familyOf(name: string): Promise<Readonly<Record<string, Decoder>>> {
  switch (FAMILIES[name]) {
    case "jwt":
      return (await import("./families/jwt.ts")).JWTS;
    case "keys":
      return (await import("./families/keys.ts")).KEYS;
    default:
      return (await import("./families/services.ts")).SERVICES;
  }
}
