import { grouped } from "../../model/index.ts";

/** `1 place`, `1,234 places`, `2 identities`. */
export function amount(count: number, noun: string): string {
  const plural = noun.endsWith("y") && !noun.endsWith("key") ? `${noun.slice(0, -1)}ies` : `${noun}s`;
  return `${grouped(count)} ${count === 1 ? noun : plural}`;
}

/** The day of an ISO 8601 time. */
export const day = (time: string): string => time.slice(0, 10);

/** A word with a capital. */
export const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);
