// Counts which three bytes are most common in texts: node scripts/trigrams.mjs FILE... > scripts/trigrams.txt
// Each file counts as much as any other: a line is a count in ten million, and the bytes as JSON (latin1).
import { readFileSync } from "node:fs";

const MOST = 6000;
const OF = 10_000_000;
const files = process.argv.slice(2);
const shares = new Float64Array(1 << 24);
for (const file of files) {
  const bytes = readFileSync(file);
  for (let i = 2; i < bytes.length; i++)
    shares[(bytes[i - 2] << 16) | (bytes[i - 1] << 8) | bytes[i]] += OF / files.length / (bytes.length - 2);
}
const lines = [...shares.keys()]
  .filter((three) => Math.round(shares[three]) > 0)
  .sort((a, b) => shares[b] - shares[a] || a - b)
  .slice(0, MOST)
  .map((three) => {
    const text = JSON.stringify(String.fromCharCode(three >> 16, (three >> 8) & 255, three & 255));
    return `${Math.round(shares[three])} ${text.replace(/[^\0-\x7f]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`)}\n`;
  });
process.stdout.write(lines.join(""));
