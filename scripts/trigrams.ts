import { readFileSync } from "node:fs";
import { byBytes, type Chance } from "../src/kernel/buckets.ts";

/** Of what `scripts/trigrams.mjs` counted: how often three bytes stand in ten million. */
const FILE = "scripts/trigrams.txt";
const OF = 10_000_000;

/**
 * How often text passes some nibbles, by the three bytes that are most common in source code and logs, and for all others by
 * their single bytes. What is chosen by it lets half as much text pass as what is chosen by single bytes (bench/README.md).
 */
export function byTrigrams(): Chance {
  const lines = readFileSync(FILE, "utf8").trim().split("\n");
  const counts = Float64Array.from(lines, (line) => Number.parseInt(line, 10) / OF);
  const bytes = lines.map((line) => JSON.parse(line.slice(line.indexOf(" ") + 1)) as string);
  const [first, second, third] = [0, 1, 2].map((k) => Uint8Array.from(bytes, (three) => three.charCodeAt(k)));
  // Most of what is not listed never stands in a text.
  const rest = 0.1 * (1 - counts.reduce((sum, count) => sum + count, 0));
  return (nibbles) => {
    const { low, high } = nibbles;
    const [low0, low1, low2] = low as [number, number, number];
    const [high0, high1, high2] = high as [number, number, number];
    let sum = rest * byBytes(nibbles);
    for (let i = 0; i < counts.length; i++) {
      const [a, b, c] = [first![i]!, second![i]!, third![i]!];
      const passes =
        (low0 >> (a & 15)) &
        (high0 >> (a >> 4)) &
        (low1 >> (b & 15)) &
        (high1 >> (b >> 4)) &
        (low2 >> (c & 15)) &
        (high2 >> (c >> 4)) &
        1;
      if (passes) sum += counts[i]!;
    }
    return sum;
  };
}
