import type { Hint } from "../model/index.ts";
import { hint } from "./anatomy.ts";

const LOOPBACK =
  /^(?:localhost|127\.\d+\.\d+\.\d+|\[?::1\]?|0\.0\.0\.0|host\.docker\.internal|kubernetes\.docker\.internal)$/i;
const PRIVATE =
  /^(?:10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(?:1[6-9]|2\d|3[01])\.\d+\.\d+|169\.254\.\d+\.\d+|\[?f[cd][0-9a-f]{2}:[0-9a-f:]+\]?)$/i;
const INSIDE = /\.(?:local|internal|lan|intranet|home\.arpa|svc|svc\.cluster\.local)$/i;
const RESERVED = /(?:^|\.)(?:test|invalid|example|example\.(?:com|org|net))$/i;

/** What a host name tells: a private network (RFC 1918, RFC 4193), this machine, or a name reserved for tests (RFC 2606). */
export function hostHints(host: string | undefined): readonly Hint[] {
  if (host === undefined || host === "") return [];
  if (RESERVED.test(host)) return [hint("environment", "test", `test environment (${host} is a reserved name)`)];
  // A name without a dot is a compose service or a machine of the local network.
  const bound = LOOPBACK.test(host) || PRIVATE.test(host) || INSIDE.test(host) || !/[.:]/.test(host);
  return bound ? [hint("possession", "network-bound", `${host} answers only inside its own network`)] : [];
}

/** As {@link hostHints}, for servers that only developers run on their own machine. */
export function serverHints(host: string | undefined): readonly Hint[] {
  const own = host !== undefined && LOOPBACK.test(host);
  return own ? [hint("environment", "test", `test environment (${host} is this machine)`)] : hostHints(host);
}
