import { type ChildProcess, fork } from "node:child_process";
import { frugally, TOO_MUCH, TookTooMuch } from "../sweep/memory.ts";
import type { SweepJob } from "./job.ts";
import { Again, type Own } from "./look.ts";
import { type Answer, type FromLooker, LOOKER, type ToLooker } from "./looker.ts";

/** Milliseconds that a process has to break off. */
const BREAKING_OFF = 3_000;

/** The processes of a worker that look through repositories: started when needed, and kept for the next. */
export class Lookers {
  readonly #idle: ChildProcess[] = [];
  readonly #all = new Set<ChildProcess>();

  /** `entry` is the command line's file. */
  constructor(
    readonly entry: string,
    readonly own: Own,
  ) {}

  /**
   * Has a job looked at; where the memory is too little for several threads, by one. Rejects with {@link Again}, also when
   * the process is lost, or with the signal's reason.
   */
  async look(job: SweepJob, signal: AbortSignal): Promise<Answer> {
    const { settings } = this.own;
    try {
      return await this.#look(job, this.own, signal);
    } catch (error) {
      if (!(error instanceof TookTooMuch)) throw error;
    }
    try {
      return await this.#look(job, { ...this.own, settings: { ...settings, jobs: 1 } }, signal);
    } catch (error) {
      if (!(error instanceof TookTooMuch)) throw error;
      const gap = { what: job.repository.name, why: error.message };
      return { outcome: { gap }, findings: 0, bytes: 0, gap: gap.why };
    }
  }

  async #look(job: SweepJob, own: Own, signal: AbortSignal): Promise<Answer> {
    signal.throwIfAborted();
    const child = this.#idle.pop() ?? this.#started();
    const stop = () => breakOff(child);
    signal.addEventListener("abort", stop);
    try {
      const answer = await asked(child, { type: "look", job, own });
      if (answer.isSpent) child.kill("SIGKILL");
      else this.#idle.push(child);
      signal.throwIfAborted();
      if ("again" in answer) throw new Again(answer.again);
      return answer;
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      signal.removeEventListener("abort", stop);
    }
  }

  /** Ends all processes. */
  close(): void {
    for (const child of this.#all) child.kill("SIGKILL");
  }

  #started(): ChildProcess {
    const { LEAKREACH_QUEUE_PASSWORD: _, ...env } = process.env;
    const frugal = frugally(this.own.settings.memory ?? 512, env);
    const child = fork(this.entry, ["worker"], {
      ...frugal,
      env: { ...frugal.env, [LOOKER]: "1" },
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    this.#all.add(child);
    child.once("exit", () => {
      this.#all.delete(child);
      const at = this.#idle.indexOf(child);
      if (at >= 0) this.#idle.splice(at, 1);
    });
    return child;
  }
}

function asked(child: ChildProcess, message: ToLooker): Promise<FromLooker> {
  return new Promise((done, fail) => {
    const onExit = (code: number | null, signal: string | null) => {
      child.off("message", onMessage);
      if (signal === TOO_MUCH) return fail(new TookTooMuch());
      const how = signal ? `was killed (${signal}): it may have taken more memory than there is` : `ended (${code})`;
      fail(new Again(`the process that looked at it ${how}`));
    };
    const onMessage = (answer: FromLooker) => {
      child.off("exit", onExit);
      done(answer);
    };
    child.once("exit", onExit);
    child.once("message", onMessage);
    child.send(message, (error) => error && child.kill("SIGKILL"));
  });
}

/** Asks a process to break off, which also ends the git it runs; one that does not is killed. */
function breakOff(child: ChildProcess): void {
  child.send({ type: "stop" } satisfies ToLooker, () => {});
  const timer = setTimeout(() => child.kill("SIGKILL"), BREAKING_OFF);
  child.once("message", () => clearTimeout(timer));
  child.once("exit", () => clearTimeout(timer));
}
