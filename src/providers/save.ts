import { unlessAborted } from "../model/index.ts";
import { Again, Unread } from "./unread.ts";

/** What bounds an answer. */
export interface Bounds {
  /** Bytes. */
  readonly largest: number;
  /** Milliseconds without a byte after which a connection counts as cut. */
  readonly silence: number;
  readonly signal: AbortSignal;
}

/** Asks, and gives up when nothing is said for too long, or when the user does. */
export function begun(
  address: URL,
  headers: Headers | Readonly<Record<string, string>>,
  { silence, signal }: Omit<Bounds, "largest">,
): Promise<Response> {
  const own = new AbortController();
  const asked = fetch(address, { headers, redirect: "manual", signal: own.signal });
  return inTime(asked, silence, signal).catch((error: unknown) => {
    own.abort();
    throw error;
  });
}

/** Gives the body of an answer piece by piece. One that is cut, or silent for too long, is worth another try; one that is too long is not. */
export async function save(
  response: Response,
  { largest, silence, signal }: Bounds,
  take: (piece: Uint8Array) => void,
): Promise<void> {
  const reader = response.body?.getReader();
  if (!reader) return;
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await inTime(reader.read(), silence, signal);
      if (done) break;
      size += value.length;
      if (size > largest)
        throw new Unread("broken", `it is longer than ${largest} bytes; raise that with --max-file-size`);
      take(value);
    }
  } catch (error) {
    void reader.cancel().catch(() => {});
    signal.throwIfAborted();
    if (error instanceof Unread || error instanceof Again || isOfFile(error)) throw error;
    throw new Again("the connection was cut midway");
  }
  const told = Number(response.headers.get("content-length") ?? Number.NaN);
  if (!response.headers.has("content-encoding") && size < told) throw new Again("the connection was cut midway");
}

/** An error of the file that is written to, a full disk: nothing that another try would mend. */
const isOfFile = (error: unknown): boolean => /^(?:write|open)$/.test((error as NodeJS.ErrnoException).syscall ?? "");

/** Waits for work as long as it may take. */
async function inTime<T>(work: Promise<T>, milliseconds: number, signal: AbortSignal): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silent = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Again("the server said nothing for too long")), milliseconds);
  });
  try {
    return await unlessAborted(Promise.race([work, silent]), signal);
  } finally {
    clearTimeout(timer);
  }
}
