/** Line breaks and blanks as they stand in files, and as programs, JSON and JSON in JSON write them. */
const BREAKS = /(?:\\{1,8}[nrt]|\s)+/g;

/** A secret as its own file has it: a private key that is indented, or stands in a program's string or in JSON, is the same key (RFC 7468, 2). */
export function plainSpelling(secret: string): string {
  if (!secret.startsWith("-----BEGIN")) return secret;
  return secret.replace(BREAKS, (run) => {
    const breaks = run.replace(/[^\nn]/g, "").length;
    return breaks === 0 ? run : "\n".repeat(Math.min(breaks, 2));
  });
}
