import { Overdue } from "./failure.ts";

/** Runs something to its end and gives what it gives, or throws {@link Overdue}. */
export type InTime = <T>(run: () => T) => T;

/** Sets no time: for a thread that another one watches. */
export const untimed: InTime = (run) => run();

const TASK = "leakreach.task";
const LONGEST = 2 ** 31 - 1;

/**
 * Guards this thread without another one to watch it: what runs longer is broken off where it stands, even in a regular
 * expression or the kernel (node:vm, "timeout"). What runs inside a guarded run shares its time. A watch costs 0.1 to 0.5 ms.
 */
export function timed(milliseconds: number): InTime {
  const timeout = Math.min(LONGEST, Math.max(1, Math.ceil(milliseconds)));
  const script = new (process.getBuiltinModule("node:vm").Script)(`globalThis[Symbol.for("${TASK}")]()`);
  let inside = false;
  return (run) => {
    if (inside) return run();
    inside = true;
    // A script sees only what is global.
    Object.defineProperty(globalThis, Symbol.for(TASK), { value: run, configurable: true });
    try {
      return script.runInThisContext({ timeout });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ERR_SCRIPT_EXECUTION_TIMEOUT") throw new Overdue(milliseconds);
      throw error;
    } finally {
      inside = false;
      Reflect.deleteProperty(globalThis, Symbol.for(TASK));
    }
  };
}
