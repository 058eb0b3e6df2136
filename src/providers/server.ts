import { ScanError } from "../model/index.ts";
import { askedToWait, type Patience, Retries, type Waiting } from "./patience.ts";
import { begun, save } from "./save.ts";
import { Again, Unread } from "./unread.ts";

/** How a provider is reached. */
export interface Access {
  /** Address that paths are relative to. */
  readonly base: URL;
  /** Sent to that origin and to no other one: they hold credentials. */
  readonly headers: Readonly<Record<string, string>>;
  /** What to do when it refuses: which variable holds the token, and what that must be allowed. */
  readonly advice: string;
  readonly patience: Patience;
  readonly waiting: Waiting;
  readonly signal: AbortSignal;
  /** Bytes; a longer log is not read. */
  readonly largest: number;
}

/** An answer of JSON, with what pages need of its headers. */
export interface Answer {
  readonly value: unknown;
  readonly headers: Headers;
}

const HOPS = 5;
/** No page of a list is as large: bytes. */
export const LARGEST_PAGE = 64 << 20;

/** Asks one server, politely: waits as it wants, tries again what may be mended, and sends credentials nowhere else. */
export class Server {
  readonly access: Access;
  readonly #retries: Retries;

  constructor(access: Access) {
    this.access = access;
    this.#retries = new Retries(access.patience, access.waiting);
  }

  /** The address of a path below the base. */
  address(path: string, query: Readonly<Record<string, string | undefined>> = {}): URL {
    const { base } = this.access;
    const address = new URL(`${base.pathname.replace(/\/+$/, "")}/${path}`, base);
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) address.searchParams.append(name, value);
    return address;
  }

  /** Asks for JSON. */
  json(address: URL): Promise<Answer> {
    const { signal, patience } = this.access;
    const { silence } = patience;
    return this.#retries.do(async () => {
      const response = await this.#ask(address, "application/json");
      // Azure DevOps answers so when it wants somebody to sign in.
      if (response.status === 203) throw new Unread("refused", this.#refusal(response));
      const pieces: Uint8Array[] = [];
      await save(response, { largest: LARGEST_PAGE, silence, signal }, (piece) => void pieces.push(piece));
      try {
        return { value: JSON.parse(Buffer.concat(pieces).toString("utf8")), headers: response.headers };
      } catch {
        throw new Unread("broken", `what ${placeOf(address)} answered is no JSON`);
      }
    }, signal);
  }

  /** Whether it gives what is of this type to somebody without a credential: asked once, and not followed elsewhere. */
  async givesAnybody(address: URL, type: string): Promise<boolean> {
    const { signal, patience } = this.access;
    const asked = { "user-agent": "leakreach", accept: type };
    const response = await begun(address, asked, { silence: patience.silence, signal }).catch((error: unknown) => {
      signal.throwIfAborted();
      throw error instanceof Again ? error : new Again(`${placeOf(address)} could not be reached`);
    });
    await drop(response);
    return response.status === 200 && response.headers.get("content-type")?.split(";", 1)[0]?.trim() === type;
  }

  /**
   * Gives what stands at an address to what `begin` makes, which is called for each try. The address is asked for each
   * time, too: those of storage last a minute, and one that has run out is asked for once more.
   */
  async download(
    addressOf: () => URL | Promise<URL>,
    begin: () => (piece: Uint8Array) => void,
    accept = "*/*",
  ): Promise<void> {
    const { signal, patience, largest } = this.access;
    let old = 0;
    await this.#retries.do(async () => {
      try {
        const response = await this.#ask(await addressOf(), accept);
        await save(response, { largest, silence: patience.silence, signal }, begin());
      } catch (error) {
        if (error instanceof Elsewhere && old++ === 0) throw new Again(error.message, 0);
        throw error;
      }
    }, signal);
  }

  /** Asks, and follows where the answer leads; credentials only go to the server itself. */
  async #ask(from: URL, accept: string): Promise<Response> {
    let address = from;
    for (let hop = 0; hop <= HOPS; hop++) {
      const own = address.origin === this.access.base.origin;
      const response = await this.#send(address, { accept, ...(own && this.access.headers) });
      if (response.status < 300 || response.status === 304) return response;
      await drop(response);
      if (response.status >= 400) throw this.#trouble(response, address, own);
      address = led(response, address);
    }
    throw new Unread("broken", `${placeOf(from)} leads from one address to the next without an end`);
  }

  async #send(address: URL, headers: Readonly<Record<string, string>>): Promise<Response> {
    const { signal, patience } = this.access;
    try {
      return await begun(address, { "user-agent": "leakreach", ...headers }, { silence: patience.silence, signal });
    } catch (error) {
      signal.throwIfAborted();
      throw error instanceof Again
        ? error
        : new Again(`${placeOf(address)} could not be reached (${causeOf(error) ?? "the connection failed"})`);
    }
  }

  #trouble(response: Response, address: URL, own: boolean): Error {
    const { status, headers } = response;
    const wait = askedToWait(headers);
    if (status === 429 || (status === 403 && wait !== undefined))
      return new Again(`${placeOf(address)} says that it was asked too often`, wait ?? 60);
    if (status >= 500) return new Again(`${placeOf(address)} answered ${status}`, wait);
    if (!own) return new Elsewhere(status);
    if (status === 410) return new Unread("expired", "it has expired, or was deleted: the server says that it is gone");
    if (status === 404)
      return new Unread("missing", `the server says that there is no such thing (404). ${this.access.advice}`);
    return new Unread("refused", this.#refusal(response));
  }

  #refusal({ status }: Response): string {
    return `the server refused it (${status}). ${this.access.advice}`;
  }
}

/** An address on another host that the server had led to, and that does not work (any more). */
class Elsewhere extends Unread {
  constructor(status: number) {
    super("refused", `the address it was to be had from did not work (${status})`);
  }
}

/** The address that an answer leads to. */
function led(response: Response, from: URL): URL {
  const location = response.headers.get("location");
  let to: URL;
  try {
    to = new URL(location ?? "", from);
  } catch {
    throw new Unread("broken", `${placeOf(from)} leads to what is no address`);
  }
  const unsafe = from.protocol === "https:" && to.protocol !== "https:";
  if (location === null || unsafe || !/^https?:$/.test(to.protocol))
    throw new Unread("broken", `${placeOf(from)} leads to an address that is not followed`);
  return to;
}

/** Lets go of a connection whose answer is of no use. */
async function drop({ body }: Response): Promise<void> {
  await body?.cancel().catch(() => {});
}

/** A host, as messages name it: paths may hold names of projects, and queries signatures. */
export const placeOf = ({ host }: URL): string => host;

/** What the network said: `ECONNREFUSED`. */
const causeOf = (error: unknown): string | undefined => (error as { cause?: { code?: string } }).cause?.code;

/** Reads a base address: a user's, so that mistakes are said, and never what it holds of a login. */
export function baseAddress(text: string, variable: string): URL {
  let base: URL;
  try {
    base = new URL(text);
  } catch {
    throw new ScanError("usage", `${variable} is no address such as https://ci.example.com`);
  }
  if (!/^https?:$/.test(base.protocol)) throw new ScanError("usage", `${variable} is no http or https address`);
  if (base.username !== "" || base.password !== "")
    throw new ScanError("usage", `${variable} holds a login: give credentials in variables of the environment only`);
  return base;
}
