import type { Server } from "./server.ts";
import { Unread } from "./unread.ts";

/** More pages than any project has; a list that goes on is one that never ends. */
const MOST = 20_000;

/** What a page of a list is followed by. */
export type Next = (answer: {
  readonly value: unknown;
  readonly headers: Headers;
  readonly address: URL;
}) => URL | undefined;

/** The pages of a list. One that comes twice would come for ever: that ends it with {@link Unread}. */
export async function* pages(server: Server, first: URL, next: Next): AsyncGenerator<unknown> {
  const seen = new Set<string>();
  for (let address: URL | undefined = first; address; ) {
    if (seen.has(address.href) || seen.size >= MOST)
      throw new Unread("broken", "the list goes round in circles: the same page comes again and again");
    seen.add(address.href);
    const { value, headers } = await server.json(address);
    yield value;
    address = next({ value, headers, address });
    if (address && address.origin !== server.access.base.origin)
      throw new Unread("broken", "the list goes on at another host, which is not asked");
  }
}

/** What a `Link` header calls `next` (RFC 8288): its query at the same address, whatever host a proxy has it name. */
export const linkedNext: Next = ({ headers, address }) => {
  const link = headers.get("link") ?? "";
  const found = /<([^<>]{1,4000})>\s*;[^,<]*\brel="?next"?/i.exec(link)?.[1];
  if (found === undefined) return undefined;
  const next = new URL(address);
  next.search = absolute(found, address).search;
  return next;
};

/** A page by the token that the one before it gave. */
export function withToken(address: URL, name: string, token: unknown): URL | undefined {
  if (typeof token !== "string" || token === "") return undefined;
  const next = new URL(address);
  next.searchParams.set(name, token);
  return next;
}

/** An address that a server gave; one that is none ends a list with a word. */
export function absolute(text: string, base: URL): URL {
  try {
    return new URL(text, base);
  } catch {
    throw new Unread("broken", "the list goes on at what is no address");
  }
}
