import type { QueueAddress } from "./address.ts";

/** What to do about what a queue's server, or Node, says; where it matters, only of addresses that ask for TLS or do not. */
const ADVICE: readonly (readonly [says: RegExp, isEncrypted: boolean | undefined, advice: string])[] = [
  [
    /self-signed certificate|unable to (?:verify the first|get (?:local )?issuer) certificate/i,
    true,
    "NODE_EXTRA_CA_CERTS=FILE names the certificate of the authority that signed it",
  ],
  [/altnames|certificate has expired|certificate is not yet valid/i, true, "the server needs another certificate"],
  [/does not support SSL/i, true, "leave ?sslmode=require out, or turn TLS on at the server"],
  [/does not answer|wrong version number|packet length too long/i, true, "does it speak TLS? Without it: redis://"],
  [/ECONNRESET|ECONNABORTED|socket hang up/i, false, "does it want TLS? Then rediss://, or ?sslmode=require"],
  [/no encryption|SSL off/i, false, "it wants TLS: ?sslmode=require"],
  [
    /NOAUTH|WRONGPASS|password authentication failed|no password supplied|password must be a string/i,
    undefined,
    "its password belongs in LEAKREACH_QUEUE_PASSWORD",
  ],
];

/** The sentence of a fault, and what to do about it if that is known. */
export function advised(text: string, { isEncrypted }: Pick<QueueAddress, "isEncrypted">): string {
  const [, , advice] =
    ADVICE.find(([says, encrypted]) => (encrypted ?? isEncrypted) === isEncrypted && says.test(text)) ?? [];
  return advice === undefined ? text : `${text}. ${advice[0]!.toUpperCase()}${advice.slice(1)}`;
}
