import dns from "node:dns/promises";
import { BlockList, isIPv6 } from "node:net";
import { type LogOrigin, unlessAborted } from "../model/index.ts";
import type { Server } from "./server.ts";
import { Shape } from "./shape.ts";
import { Again, Unread } from "./unread.ts";

/** Who may read the logs of a project, as far as its provider says. */
export type Visibility = Pick<LogOrigin, "isPublic">;

export const visible = (isPublic: boolean): Visibility => (isPublic ? { isPublic } : {});

/** Asks for a project of which the list of its logs does not say whether it is public. An answer that cannot be had says nothing. */
export async function visibilityOf(
  server: Server,
  project: URL,
  isPublic: (project: Shape) => boolean,
): Promise<Visibility> {
  try {
    const { value } = await server.json(project);
    return visible(isPublic(new Shape(value)));
  } catch (error) {
    if (error instanceof Unread) return {};
    throw error;
  }
}

/**
 * Asks a server on the internet once for what holds a log, as somebody who has no login: one who is given it needs none,
 * and neither does anybody else. `type` tells it from a page to log in at. A failure says nothing.
 */
export async function openTo(anybody: Server, address: URL, type: string): Promise<Visibility> {
  const { base, headers, signal } = anybody.access;
  try {
    if (!(await unlessAborted(isOnInternet(base.hostname), signal))) return {};
    return visible(Object.keys(headers).length === 0 || (await anybody.givesAnybody(address, type)));
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Again) return {};
    throw error;
  }
}

/** Addresses that only a network of one's own leads to (RFC 6890). */
const OWN = new BlockList();
for (const [net, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
] as const)
  OWN.addSubnet(net, bits, "ipv4");
for (const [net, bits] of [
  ["::", 127],
  ["fc00::", 7],
  ["fe80::", 10],
] as const)
  OWN.addSubnet(net, bits, "ipv6");

/** What only insiders reach is not public, whoever of them may read it. */
async function isOnInternet(host: string): Promise<boolean> {
  const found = await dns.lookup(host.replace(/^\[|\]$/g, ""), { all: true }).catch(() => []);
  return found.length > 0 && found.every(({ address }) => !OWN.check(address, isIPv6(address) ? "ipv6" : "ipv4"));
}
