import type { Decoder } from "../anatomy.ts";
import { decodeJwk } from "../jwk.ts";
import { decodeKubeconfig } from "../kubeconfig.ts";
import { decodePem } from "../pem.ts";
import { decodePgp } from "../pgp.ts";
import { decodePutty, decodeSshKey } from "../ssh.ts";
import { decodeWireguard } from "../wireguard.ts";

/** Decoders of keys. */
export const KEYS: Readonly<Record<string, Decoder>> = {
  jwk: decodeJwk,
  kubeconfig: decodeKubeconfig,
  pem: decodePem,
  pgp: decodePgp,
  putty: decodePutty,
  "ssh-key": decodeSshKey,
  wireguard: decodeWireguard,
};
