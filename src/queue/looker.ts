import { endWithParent } from "../sweep/end-with-parent.ts";
import { isSpent, memoryOfProcess } from "../sweep/memory.ts";
import type { SweepJob } from "./job.ts";
import { lookAt, type Own } from "./look.ts";
import { type PackedOutcome, packed } from "./outcome.ts";

/** What a worker tells one of its processes. */
export type ToLooker =
  | { readonly type: "look"; readonly job: SweepJob; readonly own: Own }
  /** To be broken off. */
  | { readonly type: "stop" };

/** What it answers: an outcome, or why there is none this time. */
export type FromLooker = (Answer | { readonly again: string }) & {
  /** It has grown, and is not to look again. */
  readonly isSpent?: boolean;
};

/** An outcome, and what is said of it. */
export interface Answer {
  readonly outcome: PackedOutcome;
  readonly findings: number;
  /** That were looked through. */
  readonly bytes: number;
  /** Why it was not looked through. */
  readonly gap?: string;
}

/** Marks a process as one that looks, for the command line. */
export const LOOKER = "LEAKREACH_LOOKER";

/**
 * Looks through one repository after the other in a process of its own, until the worker is gone. A repository that is too much
 * for it then costs one process and not the worker, which meanwhile tells the queue that it lives.
 */
export function serveLooks(): Promise<never> {
  let stop = new AbortController();
  // Ctrl-C reaches this process, too; the worker decides.
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => {});
  endWithParent(memoryOfProcess());
  process.on("message", (message: ToLooker) => {
    if (message.type === "stop") stop.abort();
    else {
      stop = new AbortController();
      void answer(message, stop.signal).then((answer) => process.send!({ ...answer, isSpent: isSpent() }));
    }
  });
  return new Promise(() => process.once("disconnect", () => process.exit()));
}

async function answer({ job, own }: Extract<ToLooker, { type: "look" }>, signal: AbortSignal): Promise<FromLooker> {
  try {
    const outcome = await lookAt(job, own, signal);
    if ("gap" in outcome) return { outcome: packed(outcome), findings: 0, bytes: 0, gap: outcome.gap.why };
    const { findings, stats } = outcome.report.report;
    return { outcome: packed(outcome), findings: findings.length, bytes: stats.bytes };
  } catch (error) {
    return { again: error instanceof Error ? error.message : "no error was given" };
  }
}
