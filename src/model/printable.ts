const LONGEST = 200;

/** A token in a token: of a JWT nothing is shown but what was decoded. */
const JWT = /ey[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/g;

/** Text of a token as a report may show it: no control characters, no token inside, and not long. */
export function printable(value: string | number | undefined): string {
  const raw = String(value ?? "");
  // Classes of Unicode are dear to compile, and most texts are plain.
  const text = (/^[ -~]*$/.test(raw) ? raw : raw.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, "")).replace(JWT, "…");
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
