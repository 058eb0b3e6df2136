import { type Authority, grouped, type Traits } from "../model/index.ts";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A year as leases count it: 365 days. */
export const YEAR = 365 * DAY;

const UNITS: Readonly<Record<string, number>> = { s: 1, m: MINUTE, h: HOUR, d: DAY, w: 7 * DAY, y: YEAR };

const BANDS: readonly (readonly [number, Traits["life"]])[] = [
  [5 * MINUTE, "5m"],
  [HOUR, "1h"],
  [DAY, "24h"],
  [30 * DAY, "30d"],
  [YEAR, "1y"],
];

/** Seconds of a duration such as `8h` or `90d`; undefined if it is none (`none`, `unknown`, a mistake). */
export function seconds(duration: string): number | undefined {
  const parts = /^(\d{1,9})([smhdwy])$/.exec(duration);
  return parts ? Number(parts[1]) * UNITS[parts[2]!]! : undefined;
}

/** The band of a life with that many seconds left (docs/architecture.md, "Scores"). */
export function lifeOf(left: number): Traits["life"] {
  if (left <= 0) return "expired";
  return BANDS.find(([most]) => left <= most)?.[1] ?? "long";
}

/**
 * The band that does not change while a token ages: an expired one is expired, every other one with a date counts as
 * a year. `none` and `unknown` have no date, so they stay; `long` does not, since it becomes `1y` one day.
 */
export function stableLife(life: Traits["life"]): Traits["life"] {
  return life === "expired" || life === "none" || life === "unknown" ? life : "1y";
}

/** A span of time as people say it: `45 s`, `12 min`, `19 h 58 min`, `41 days`, `3,415 days`. */
export function spell(span: number): string {
  const whole = Math.max(0, Math.floor(span));
  if (whole < MINUTE) return `${whole} s`;
  if (whole < HOUR) return `${Math.floor(whole / MINUTE)} min`;
  if (whole >= 2 * DAY) return `${grouped(Math.floor(whole / DAY))} days`;
  const minutes = Math.floor((whole % HOUR) / MINUTE);
  return `${Math.floor(whole / HOUR)} h${minutes ? ` ${minutes} min` : ""}`;
}

/** The day of a time in UTC, with the minute if it matters. A date that no calendar holds is said to be so. */
export function day(time: number, minute = false): string {
  if (!(Math.abs(time) < 253_402_300_800)) return "beyond the year 9999";
  const text = new Date(time * 1000).toISOString();
  return minute ? `${text.slice(0, 10)} ${text.slice(11, 16)} UTC` : text.slice(0, 10);
}

/** What a report says of an expiry claim. Only a proof makes it more than a claim, and revocation shows nowhere offline. */
export function timeSentence(expires: number, now: number, proved: boolean): string {
  const left = expires - now;
  if (left <= 0) return `expired ${spell(-left)} ago`;
  if (proved) return `valid for another ${spell(left)}; revocation not checked`;
  return `expiry claim ${day(expires, left < DAY)}, in ${spell(left)}; revocation not checked`;
}

/** When a token ends, and how that is known. */
export type Expiry =
  | { readonly kind: "claim"; readonly at: number; readonly issued?: number }
  /** Counted from when it was written: its kind lasts that many seconds. */
  | { readonly kind: "presumed"; readonly at: number; readonly lasts: number }
  /** Its kind lasts that many seconds, from a time that nothing tells. */
  | { readonly kind: "most"; readonly lasts: number }
  /** It lasts as long as its job. */
  | { readonly kind: "job"; readonly at: number }
  | { readonly kind: "never" }
  | { readonly kind: "unknown" };

/** When a token ends: its own claim, else with its job, else how long its kind lasts (`life` of its rule) from its issue or its writing. */
export function expiryOf(
  authority: Authority | undefined,
  life: string | undefined,
  seen: number | undefined,
  ended?: number,
): Expiry {
  const { expires, issued } = authority ?? {};
  if (expires === "never") return { kind: "never" };
  if (expires !== undefined) return { kind: "claim", at: expires, ...(issued !== undefined && { issued }) };
  if (ended !== undefined) return { kind: "job", at: ended };
  if (life === "none") return { kind: "never" };
  const lasts = seconds(life ?? "unknown");
  if (lasts === undefined) return { kind: "unknown" };
  const start = issued ?? seen;
  return start === undefined ? { kind: "most", lasts } : { kind: "presumed", at: start + lasts, lasts };
}

/** The band of an expiry. What lasts an hour at most has an hour left at most, whenever it was written. */
export function lifeAt(expiry: Expiry, now: number): Traits["life"] {
  switch (expiry.kind) {
    case "claim":
    case "presumed":
    case "job":
      return lifeOf(expiry.at - now);
    case "most":
      return lifeOf(expiry.lasts);
    case "never":
      return "none";
    case "unknown":
      return "unknown";
  }
}

/** The sentence of an expiry. */
export function expirySentence(expiry: Expiry, now: number, proved: boolean): string {
  switch (expiry.kind) {
    case "claim":
      return timeSentence(expiry.at, now, proved);
    case "presumed":
      return expiry.at <= now
        ? `presumed expired (${spell(expiry.lasts)} life) ${spell(now - expiry.at)} ago`
        : `presumed to last another ${spell(expiry.at - now)} (${spell(expiry.lasts)} life); revocation not checked`;
    case "job":
      return `ended with its job, ${spell(now - expiry.at)} ago`;
    case "most":
      return `lasts at most ${spell(expiry.lasts)}; when it was issued is not known`;
    case "never":
      return "never expires";
    case "unknown":
      return "how long it lasts is not known";
  }
}
