import { type Match, ScanError, type ScanErrorCode } from "../model/index.ts";
import type { JsonReport } from "../report/json.ts";
import type { Credential } from "../scan/group.ts";
import { type RawMatch, toMatch } from "../scan/raw.ts";
import type { ScanEvent } from "../scan/scan.ts";
import { type Looked, type Looking, lookThrough } from "./look.ts";
import { writeWholly } from "./store/durable.ts";

/** What a thread, or a process, is asked to look through. */
export interface Task {
  readonly path: string;
  readonly looking: Looking;
  readonly state: string | undefined;
  /** The file that the next state is written to: it may have millions of ids, and need not cross. */
  readonly next: string;
  readonly strangers: readonly PlainCredential[];
}

/** How far it is. */
export type Progress = Extract<ScanEvent, { readonly type: "progress" }>;

/** What it tells. Secrets cross as plain data, and hide again as soon as they arrive. */
export type Told =
  | {
      readonly type: "looked";
      readonly report: JsonReport;
      readonly isStateWritten: boolean;
      readonly secrets: readonly PlainCredential[];
    }
  | { readonly type: "refused"; readonly code: ScanErrorCode; readonly message: string }
  | {
      readonly type: "failed";
      readonly error: Pick<NodeJS.ErrnoException, "name" | "message" | "code" | "errno">;
    };

type PlainCredential = Omit<Credential, "matches"> & { readonly match: RawMatch };

/** A credential as it crosses. */
export const toPlain = ({ matches: [match], ...rest }: Credential): PlainCredential => ({
  ...rest,
  match: toRaw(match),
});

const toRaw = ({ secret, ...rest }: Match): RawMatch => ({ ...rest, secret: secret.reveal() });

const toCredential = ({ match, ...rest }: PlainCredential): Credential => ({ ...rest, matches: [toMatch(match)] });

/** Looks through what is asked for, and tells what came of it. */
export async function answer(
  { path, looking, state, next, strangers }: Task,
  hear: (progress: Progress) => void = () => {},
): Promise<Told> {
  try {
    const found = await lookThrough(path, looking, state, new AbortController().signal, {
      hear: (event) => event.type === "progress" && hear(event),
      strangers: strangers.map(toCredential),
    });
    if (found.state) writeWholly(next, found.state, false);
    return {
      type: "looked",
      report: found.report,
      secrets: found.secrets.map(toPlain),
      isStateWritten: found.state !== undefined,
    };
  } catch (error) {
    if (error instanceof ScanError) return { type: "refused", code: error.code, message: error.message };
    const { name, message, code, errno } = error as NodeJS.ErrnoException;
    return { type: "failed", error: { name, message, code, errno } };
  }
}

/** What was told, as if whoever asked had looked; what could not be looked through is thrown. */
export function lookedOf(told: Told): Looked {
  if (told.type === "refused") throw new ScanError(told.code, told.message);
  if (told.type === "failed") throw Object.assign(new Error(told.error.message), told.error);
  return { report: told.report, secrets: told.secrets.map(toCredential), isStateWritten: told.isStateWritten };
}
