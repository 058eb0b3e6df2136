import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { PackBytes, type PackPages } from "../../src/history/pack-bytes.ts";
import { seededRandom } from "../mint/mint.ts";

const PAGE = 256 << 10;
const folder = mkdtempSync(join(tmpdir(), "leakreach-pack-bytes-"));
after(() => rmSync(folder, { recursive: true, force: true }));

test("packs that share pages each give their own bytes, over edges of pages and when pages are given up", () => {
  const files = [40 * PAGE + 17, 50 * PAGE, 100].map((size, i) => {
    const path = join(folder, `${i}.pack`);
    const bytes = randomBytes(size);
    writeFileSync(path, bytes);
    return { path, bytes };
  });
  const pages: PackPages = new Map();
  const packs = files.map(({ path }) => new PackBytes({ path }, pages));
  const random = seededRandom(5);
  const into = Buffer.alloc(3 * PAGE);
  for (let i = 0; i < 2000; i++) {
    const which = i % files.length;
    const { bytes } = files[which]!;
    const start = Math.floor(random() * bytes.length);
    const size = Math.floor(random() * (random() < 0.1 ? into.length : 3000));
    const isThere = start + size <= bytes.length;
    assert.equal(packs[which]!.read(start, size, into), isThere);
    if (isThere) assert.ok(into.subarray(0, size).equals(bytes.subarray(start, start + size)), `${start}, ${size}`);
  }
  for (const pack of packs) pack.close();
});
