import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { PackBytes, PackPages } from "../../src/history/pack-bytes.ts";
import { seededRandom } from "../mint/mint.ts";
import { newUnpacker } from "./unpacker.ts";

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
  const unpacker = newUnpacker();
  const pages = new PackPages(unpacker);
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
    const wanted = bytes.subarray(start, start + size);
    if (isThere) assert.ok(into.subarray(0, size).equals(wanted), `${start}, ${size}`);
    const at = packs[which]!.at(start, size);
    assert.equal(at >= 0, isThere);
    if (isThere) assert.ok(unpacker.bytes({ at, size }).equals(wanted), `${start}, ${size} in place`);
    // Memory that grows takes the pages along.
    if (i === 1000) assert.ok(unpacker.push(40 << 20));
  }
  for (const pack of packs) pack.close();
});
