/** The system's name of what went wrong: `ENOENT`. */
export function code(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

/** The one who looked at a text gave up. Its message says nothing of the text, so it may be shown. */
export class Abandoned extends Error {}

/** An error of the one who looked at the text, not of the text: its message may quote the text, so only its place is said. */
export class Flaw extends Abandoned {
  constructor(cause: unknown) {
    const { name = "an error", stack = "" } = cause instanceof Error ? cause : {};
    super(
      `a bug of ours, please report it: ${name} in ${/^ +at (?:async )?([\w.#]+)/m.exec(stack)?.[1] ?? "a function"}`,
      {
        cause,
      },
    );
  }
}

/** A text took longer than it may. */
export class Overdue extends Abandoned {
  constructor(milliseconds: number) {
    super(`not scanned within ${milliseconds / 1000} s; raise it with --file-timeout`);
  }
}

/** What went wrong in words that hold no content of the file. */
export function reason(error: unknown): string {
  const known = code(error);
  if (known === "EACCES" || known === "EPERM") return "permission denied";
  return known ?? (error instanceof Error ? error.message : "unknown error");
}

/** Why a text that was opened was not looked at to its end. */
export function unread(error: unknown): string {
  return error instanceof Abandoned ? error.message : `could not be read to its end: ${reason(error)}`;
}
