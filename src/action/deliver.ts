import { ScanError } from "../model/index.ts";
import { plain } from "../report/index.ts";
import { command } from "./commands.ts";

/** How GitHub shows that something could not be written: an error for what later steps rely on, a warning for what only people read. */
export type Loss = "error" | "warning";

/** Writes one thing and tells whether that went well; if not, the step says what is missing and why, and goes on. */
export function deliver(what: string, loss: Loss, write: () => void): boolean {
  try {
    write();
    return true;
  } catch (error) {
    process.stdout.write(command(loss, { title: "leakreach: not written" }, plain(`${what}: ${whyNot(error)}`)));
    return false;
  }
}

function whyNot(error: unknown): string {
  if (error instanceof ScanError) return error.message;
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) throw error;
  return `it cannot be written: ${code}`;
}
