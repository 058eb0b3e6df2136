import type { LogOrigin } from "../model/index.ts";
import type { Source, SourceEvent, Unit } from "../sources/unit.ts";
import { Files } from "./files.ts";
import type { Provider, RemoteLog } from "./provider.ts";
import { Unread } from "./unread.ts";

/** What a sweep of logs did. */
export interface Fetching {
  /** Logs that were looked at, those that are no more, and those that could not be had for another reason. */
  fetched: number;
  expired: number;
  unread: number;
  /** Logs that an earlier run had looked through. */
  known: number;
}

/** What a fetching source is told. */
export interface FetchOptions {
  readonly providers: readonly Provider[];
  /** Whether an earlier run has looked through a log. */
  readonly isKnown: (log: string) => boolean;
  /** Is told that a log was fetched, as so many units. */
  readonly begun: (log: string, units: number) => void;
  /** Is told which log could not be read, in part or at all. */
  readonly unread: (log: string) => void;
}

/** Bytes of fetched logs that may wait to be looked through before more are fetched. */
const KEPT = 256 << 20;

/** What more a log can be asked, when something was found in it. */
export type Asking = Pick<RemoteLog, "left" | "open">;

/** A source that fetches logs, and what its scan has to tell it. */
export interface FetchingSource {
  readonly sources: readonly Source[];
  readonly done: Readonly<Fetching>;
  /** The log that a path of a report is of. */
  readonly logOf: (path: string) => string | undefined;
  /** What more that log can be asked. */
  readonly asking: (path: string) => Asking;
  /** A unit was looked through: its file goes. */
  readonly finished: (unit: Unit) => void;
  /** Removes all files. */
  readonly close: () => void;
}

/** Makes sources that fetch the logs of projects a few at a time, each as a unit whose file is removed when it was looked through. */
export function fetchingSource({ providers, isKnown, begun, unread }: FetchOptions): FetchingSource {
  const files = new Files();
  const done: Fetching = { fetched: 0, expired: 0, unread: 0, known: 0 };
  const logs = new Map<string, Asking & Pick<RemoteLog, "name">>();
  const of = (path: string) => logs.get(path.split("!", 1)[0]!);
  let wake: () => void = () => {};

  const failed = (log: RemoteLog, error: unknown): SourceEvent => {
    unread(log.name);
    if (error instanceof Unread && error.trouble === "expired") done.expired++;
    else done.unread++;
    return { type: "gap", gap: { what: log.name, why: whyOf(error) } };
  };

  const fetched = async (log: RemoteLog): Promise<SourceEvent[]> => {
    const { begin, close } = files.writer();
    try {
      const { files: parts, gaps } = await log.fetch(begin).finally(close);
      files.keep(parts.map(({ path }) => path));
      done.fetched++;
      const { name, left, open } = log;
      const kept = { name, ...(left && { left }), ...(open && { open }) };
      for (const { path } of parts) logs.set(path, kept);
      begun(log.name, parts.length);
      if (gaps.length > 0) unread(log.name);
      return [
        ...gaps.map((gap) => ({ type: "gap" as const, gap })),
        ...parts.map(({ path, origin }) => ({ type: "unit" as const, unit: unitOf(files.root, path, origin) })),
      ];
    } catch (error) {
      return [failed(log, error)];
    }
  };

  async function* units(provider: Provider, signal: AbortSignal): AsyncGenerator<SourceEvent> {
    const listed = provider.logs()[Symbol.asyncIterator]();
    const ahead: Promise<SourceEvent[]>[] = [];
    let over = false;
    while (!over || ahead.length > 0) {
      signal.throwIfAborted();
      if (!over && ahead.length < provider.atOnce && files.bytes < KEPT) {
        const next = await listed.next().catch((error: unknown) => {
          ahead.push(Promise.resolve([{ type: "gap", gap: { what: `logs of ${provider.name}`, why: whyOf(error) } }]));
          return { done: true as const, value: undefined };
        });
        if (next.done) over = true;
        else if (next.value.type !== "log") ahead.push(Promise.resolve([next.value]));
        else if (isKnown(next.value.log.name)) done.known++;
        else ahead.push(unrejected(fetched(next.value.log)));
      } else if (ahead.length > 0) yield* await ahead.shift()!;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
          signal.addEventListener("abort", () => resolve(), { once: true });
        });
    }
  }

  return {
    sources: providers.map((provider) => ({
      name: `logs of ${provider.name}`,
      units: (signal) => units(provider, signal),
    })),
    done,
    logOf: (path) => of(path)?.name,
    asking: (path) => of(path) ?? {},
    finished: (unit) => {
      if (unit.kind !== "files") return;
      for (const path of unit.paths) files.remove(path);
      wake();
    },
    close: () => files.removeAll(),
  };
}

const unitOf = (root: string, path: string, origin: LogOrigin): Unit => ({
  kind: "files",
  root,
  paths: [path],
  shown: "",
  listed: "walk",
  log: true,
  origin,
});

/** Work whose failure is heard when its turn comes, and not before. */
function unrejected<T>(work: Promise<T>): Promise<T> {
  work.catch(() => {});
  return work;
}

function whyOf(error: unknown): string {
  if (error instanceof Unread) return error.message;
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (syscall !== undefined) return `it could not be written to the folder for temporary files (${code ?? syscall})`;
  throw error;
}
