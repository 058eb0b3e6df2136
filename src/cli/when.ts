import { Unusable } from "./flags.ts";

/** A time that may count back from now: both in seconds since 1970. */
export type When = (now: number) => number;

const DAY = 86_400;
const UNITS: Readonly<Record<string, number>> = { h: 3600, d: DAY, w: 7 * DAY, y: 365 * DAY };

/** Reads `2026-09-01`, `2026-09-01T12:00:00Z`, seconds since 1970, or `30d`; a day begins the time. */
export const since = (text: string): When => when(text, 0);

/** The same; a day is over when the time is. */
export const until = (text: string): When => when(text, DAY - 1);

function when(text: string, day: number): When {
  const back = /^(\d{1,5})([hdwy])$/.exec(text);
  if (back) return (now) => now - Number(back[1]) * UNITS[back[2]!]!;
  const at = absolute(text, day);
  if (at === undefined)
    throw new Unusable("It must be a day such as 2026-09-01, a time such as 2026-09-01T12:00:00Z, or 30d.");
  return () => at;
}

/** Epoch seconds of a time that does not depend on now. */
export function time(text: string): number {
  const at = absolute(text, 0);
  if (at === undefined) throw new Unusable("It must be a time such as 2026-09-01T00:00:00Z.");
  return at;
}

/** Epoch seconds of an ISO 8601 day or time with its zone, or of such seconds; a real one. */
function absolute(text: string, day: number): number | undefined {
  if (/^\d{9,11}$/.test(text)) return Number(text);
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text);
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/.test(text);
  const date = new Date(text);
  const isReal = !Number.isNaN(date.getTime()) && (!isDay || date.toISOString().startsWith(text));
  return (isDay || isTime) && isReal ? date.getTime() / 1000 + (isDay ? day : 0) : undefined;
}
