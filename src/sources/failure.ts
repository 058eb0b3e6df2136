/** The system's name of what went wrong: `ENOENT`. */
export function code(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

/** What went wrong in words that hold no content of the file. */
export function reason(error: unknown): string {
  const known = code(error);
  if (known === "EACCES" || known === "EPERM") return "permission denied";
  return known ?? (error instanceof Error ? error.message : "unknown error");
}
