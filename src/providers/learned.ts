import type { LogLeft } from "../model/index.ts";
import { printable } from "../model/index.ts";
import type { Server } from "./server.ts";
import { Unread } from "./unread.ts";
import { openTo, type Visibility } from "./visibility.ts";

/** Asks what the run of a log left beside it; the answer is kept. Throws `Unread` when the provider does not answer. */
export type AskLeft = () => Promise<LogLeft>;

/** Asks who may read a log; the answer is kept for its project. */
export type AskOpen = () => Promise<Visibility>;

/** An artifact, as its provider lists it. */
export interface Artifact {
  readonly name: string | undefined;
  readonly bytes?: number | undefined;
  /** Epoch seconds. */
  readonly expires?: number | undefined;
}

const MOST_NAMES = 20;

/** A list of artifacts in short; `more` says that the list goes on. */
export function artifactsOf(all: readonly Artifact[], more = false): Pick<LogLeft, "artifacts"> {
  const names = all.flatMap(({ name }) => (name === undefined ? [] : [printable(name)])).slice(0, MOST_NAMES);
  const sizes = all.flatMap(({ bytes }) => bytes ?? []);
  const ends = all.flatMap(({ expires }) => expires ?? []);
  return {
    artifacts: {
      count: all.length,
      ...(more && { more }),
      names,
      ...(sizes.length > 0 && sizes.length === all.length && { bytes: sizes.reduce((sum, each) => sum + each, 0) }),
      ...(ends.length > 0 && { expires: dayOf(Math.min(...ends)) }),
    },
  };
}

/** A day, as ISO 8601 has it. */
export const dayOf = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10);

/** What a provider says, or why it does not. One that does not answer at all is not to be asked for the next log, too. */
export async function orUnknown(what: string, ask: () => Promise<LogLeft>): Promise<LogLeft> {
  return ask().catch((error: unknown) => {
    if (isSilence(error)) throw error;
    return unknown(what, error);
  });
}

/** Whether a provider does not answer, or not now. */
const isSilence = (error: unknown): boolean =>
  error instanceof Unread && (error.trouble === "broken" || error.trouble === "limit");

/** Says why something is not known. */
export function unknown(what: string, error: unknown): LogLeft {
  if (!(error instanceof Unread)) throw error;
  return { unknown: [`${what}: ${error.message}`] };
}

/** Does a piece of work when it is first wanted, and never again. */
export function once<T>(work: () => Promise<T>): () => Promise<T> {
  let done: Promise<T> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}

/** Asks who may see the logs of a project, by the first that is asked for. */
export function seeing<T>(server: Server, addressOf: (log: T) => URL, type: string): (log: T) => AskOpen {
  let seen: Promise<Visibility> | undefined;
  return (log) => () => {
    seen ??= openTo(server, addressOf(log), type);
    return seen;
  };
}
