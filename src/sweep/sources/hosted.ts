import { ScanError } from "../../model/index.ts";
import { linkedNext, type Next, pages } from "../../providers/pages.ts";
import { PATIENCE, type Patience } from "../../providers/patience.ts";
import { baseAddress, Server } from "../../providers/server.ts";
import { Unread } from "../../providers/unread.ts";
import { type Host, hostsOf } from "../hosts.ts";
import type { Listing, Target } from "../target.ts";
import { KINDS, type ListedRepository } from "./kinds.ts";

/** What a host is asked with. */
export interface Asking {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Told when a rate limit is waited for. */
  readonly waiting: (seconds: number, why: string) => void;
  readonly patience?: Patience;
}

const SOURCE = /^(github|gitlab|gitea|bitbucket):(.*)$/s;
/** A name of an owner, or a path of groups. */
const OWNER = /^(user\/)?[A-Za-z0-9_.-]{1,100}(?:\/[A-Za-z0-9_.-]{1,255}){0,20}$/;

/** Lists the repositories of an owner by the host's API. */
export async function hostedListing(
  source: string,
  { env, signal, waiting, patience = PATIENCE }: Asking,
): Promise<Listing> {
  const [, kind, owner] = SOURCE.exec(source) as unknown as [string, Host["kind"], string];
  if (!OWNER.test(owner) || owner.split("/").some((part) => /^\.+$/.test(part)))
    throw new ScanError("usage", `${kind}: wants the name of an owner, such as ${kind}:acme`);
  const host = hostsOf(env)[kind];
  const { headers, variable, ways, next, entries } = KINDS[kind];
  const server = new Server({
    base: baseAddress(host.api, variable),
    headers: headers(host),
    advice: `Give a token that may list the repositories of ${owner}, in ${variable}`,
    patience,
    waiting,
    signal,
    largest: 0,
  });
  try {
    for (const [at, way] of ways(owner).entries()) {
      const found = await all(server, way, next ?? linkedNext, entries, at + 1 < ways(owner).length);
      if (found) return { targets: found.map((one) => targetOf(host, one)), gaps: [] };
    }
    return { targets: [], gaps: [] };
  } catch (error) {
    if (!(error instanceof Unread)) throw error;
    const why =
      error.trouble === "limit"
        ? `the rate limit of ${new URL(host.api).host} is used up: try again later`
        : error.message;
    throw new ScanError("list-failed", `cannot list ${source}: ${why}`);
  }
}

/** All entries of a list; undefined where there is none and another way may lead to it. */
async function all(
  server: Server,
  [path, query]: readonly [string, Readonly<Record<string, string>>],
  next: Next,
  entries: (page: unknown) => readonly ListedRepository[],
  isOneOfMore: boolean,
): Promise<ListedRepository[] | undefined> {
  const found: ListedRepository[] = [];
  try {
    for await (const page of pages(server, server.address(path, query), next)) found.push(...entries(page));
    return found;
  } catch (error) {
    if (error instanceof Unread && error.trouble === "missing" && isOneOfMore && found.length === 0) return undefined;
    throw error;
  }
}

/** Names of repositories become addresses and paths of the report. */
const NAME = /^(?!.*(?:^|\/)\.+(?:\/|$))[\p{L}\p{N}_.~-]+(?:\/[\p{L}\p{N}_.~-]+)+$/u;

/** The address is made of the host's own and the name: an answer cannot lead a login elsewhere. */
function targetOf({ web }: Host, { name, ...rest }: ListedRepository): Target {
  if (!NAME.test(name)) throw new Unread("broken", "an entry of the list has no name of a repository");
  const { bytes, pushedAt, ...about } = rest;
  return {
    repository: { id: `${new URL(web).host}/${name}`, name, url: `${web}/${name}`, ...about },
    at: { kind: "remote", url: `${web}/${name}.git` },
    ...(bytes !== undefined && { bytes }),
    ...(pushedAt !== undefined && { pushedAt }),
  };
}
