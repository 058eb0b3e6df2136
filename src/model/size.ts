import { grouped } from "./grouped.ts";

/** Bytes for people. */
export function size(bytes: number): string {
  if (bytes < 1000) return `${grouped(bytes)} byte${bytes === 1 ? "" : "s"}`;
  const units = ["KB", "MB", "GB", "TB"];
  let value = bytes / 1000;
  let unit = 0;
  // 999.95 KB would be written as 1000.0 KB.
  while (value >= 999.95 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value.toFixed(1)} ${units[unit]}`;
}
