/** What kept something from being read. */
export type Trouble =
  /** It was there, and is no more: too old, or deleted. */
  | "expired"
  /** The server wants other credentials, or says that there is no such thing. */
  | "refused"
  /** A rate limit that lasts longer than the user wants to wait. */
  | "limit"
  /** Not found where other ways to it may be open. */
  | "missing"
  /** Everything else: the server, the network, the answer. */
  | "broken";

/** Something at a provider could not be read; the message says why and what to do, and holds no credential and no address's query. */
export class Unread extends Error {
  constructor(
    readonly trouble: Trouble,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Worth another try, after so many seconds where the server says when. */
export class Again extends Error {
  constructor(
    message: string,
    readonly after?: number,
  ) {
    super(message);
  }
}
