import { Octokit } from "@octokit/core";
import { retry } from "@octokit/plugin-retry";
import { throttling } from "@octokit/plugin-throttling";
import { unlessAborted } from "../model/index.ts";
import { tooLong } from "./patience.ts";
import type { Surroundings } from "./provider.ts";
import { type Bounds, begun, save } from "./save.ts";
import { baseAddress, LARGEST_PAGE, Server } from "./server.ts";
import { Unread } from "./unread.ts";

/** GitHub's REST API, or that of a GitHub Enterprise Server. */
export interface GithubApi {
  /** Where people go: `github.com`. */
  readonly host: string;
  readonly json: (path: string, query?: Readonly<Record<string, string | undefined>>) => Promise<unknown>;
  /** Gives what a log's address leads to. */
  readonly download: (path: string, begin: () => (piece: Uint8Array) => void) => Promise<void>;
}

const ADVICE =
  "Give a token in GITHUB_TOKEN (or GH_TOKEN) that may read Actions there: `actions: read` of a fine-grained token or a workflow, `repo` of a classic one";

const Client = Octokit.plugin(retry, throttling);
const silent = () => {};
const HOPS = 5;

/** Opens the API that `GITHUB_API_URL` names. Requests are spaced, repeated and held back as GitHub asks for, by its own client. */
export function githubApi({ env, signal, patience, waiting, largest }: Surroundings): GithubApi {
  const base = baseAddress(env.GITHUB_API_URL || "https://api.github.com", "GITHUB_API_URL");
  const token = env.GITHUB_TOKEN || env.GH_TOKEN;
  /** Until when nothing may be asked; milliseconds of the process. */
  let closed = 0;
  const checkLimit = (): void => {
    const left = (closed - performance.now()) / patience.second;
    if (left > 0) throw new Unread("limit", tooLong(left));
  };
  const onLimit = (after: number, _request: object, _client: unknown, tried: number): boolean => {
    if (after > patience.longest) closed = performance.now() + after * patience.second;
    else waiting(after, "GitHub's rate limit");
    return after <= patience.longest && tried + 1 < patience.tries;
  };
  const client = new Client({
    baseUrl: base.href.replace(/\/+$/, ""),
    userAgent: "leakreach",
    ...(token && { auth: token }),
    log: { debug: silent, info: silent, warn: silent, error: silent },
    request: {
      fetch: (url: string, init: RequestInit) => ask(new URL(url), init, base, { signal, silence: patience.silence }),
    },
    retry: { retries: patience.tries - 1, retryAfterBaseValue: patience.second },
    throttle: { onRateLimit: onLimit, onSecondaryRateLimit: onLimit, retryAfterBaseValue: patience.second },
  });
  // Its credentials are the client's: where logs are kept, none are wanted.
  const storage = new Server({ base, headers: {}, advice: ADVICE, patience, waiting, signal, largest });
  const get = async (path: string, options: Readonly<Record<string, unknown>>) => {
    checkLimit();
    try {
      return await unlessAborted(client.request(`GET ${path}`, options), signal);
    } catch (error) {
      signal.throwIfAborted();
      checkLimit();
      throw unreadOf(error);
    }
  };
  return {
    host: base.hostname === "api.github.com" ? "github.com" : base.host,
    json: async (path, query = {}) => (await get(path, stated(query))).data,
    download: async (path, begin) => {
      const addressOf = async (): Promise<URL> => {
        const { status, headers } = await get(path, {});
        if (status !== 302 || !headers.location) throw new Unread("broken", "GitHub did not say where the log is");
        return new URL(headers.location, base);
      };
      await storage.download(addressOf, begin);
    },
  };
}

const stated = (query: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));

/** Asks once, and follows a repository that was renamed; where a log is kept is only told. */
async function ask(from: URL, init: RequestInit, base: URL, bounds: Omit<Bounds, "largest">): Promise<Response> {
  let address = from;
  for (let hop = 0; ; hop++) {
    const response = await begun(address, init.headers as Record<string, string>, bounds);
    const { status, headers } = response;
    const location = headers.get("location");
    if (status < 300 || status >= 400 || location === null || hop === HOPS) return whole(response, bounds);
    await response.body?.cancel();
    const next = new URL(location, address);
    if (next.origin !== base.origin || address.pathname.endsWith("/logs"))
      return new Response(null, { status, headers });
    address = next;
  }
}

/** An answer that was read to its end: the client would take the start of one that was cut for all of it. */
async function whole(response: Response, bounds: Omit<Bounds, "largest">): Promise<Response> {
  const { status, headers } = response;
  const pieces: Uint8Array[] = [];
  await save(response, { largest: LARGEST_PAGE, ...bounds }, (piece) => void pieces.push(piece));
  return new Response(pieces.length > 0 ? Buffer.concat(pieces) : null, { status, headers });
}

/** What the client throws, as a reason; its own message may hold what was sent. */
function unreadOf(error: unknown): Error {
  const { status } = error as { status?: unknown };
  if (error instanceof Unread || typeof status !== "number") return error as Error;
  if (status === 410) return new Unread("expired", "it has expired, or was deleted: GitHub says that it is gone");
  if (status === 404) return new Unread("missing", `GitHub says that there is no such thing (404). ${ADVICE}`);
  if (status === 429) return new Unread("limit", "GitHub says again and again that it was asked too often");
  if (status >= 500) return new Unread("broken", `GitHub could not be reached, or answered ${status}, again and again`);
  return new Unread("refused", `GitHub refused it (${status}). ${ADVICE}`);
}
