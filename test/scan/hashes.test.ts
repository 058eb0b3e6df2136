import assert from "node:assert/strict";
import { test } from "node:test";
import { lineHashes } from "../../src/detect/line-hash.ts";
import { folder } from "../config/folder.ts";
import { gz } from "../sources/pack.ts";
import { leak, reportOf } from "./running.ts";

const words = "some words\n".repeat(300_000);
const repeated = `${leak(1)}${words}`.repeat(4);

const files: readonly [name: string, bytes: Buffer][] = [
  ["a small file", Buffer.from(`${leak(1)}x\n${leak(1)}`)],
  ["a file of many blocks, with equal lines", Buffer.from(repeated)],
  ["a file of many blocks that ends with a token", Buffer.from(`${words}${words}${leak(1).trim()}`)],
  ["UTF-16", Buffer.from(`\ufeff# x\n${leak(1)}`, "utf16le")],
];

for (const [name, bytes] of files) {
  test(`the line hashes of ${name} are those of its bytes`, async () => {
    const report = await reportOf({ paths: [folder({ f: bytes })] });
    const found = report.findings.flatMap(({ exposures }) => exposures);
    const expected = lineHashes(bytes, new Set(found.map(({ region }) => region.line)));
    assert.ok(found.length > 0);
    for (const { lineHash, region } of found) assert.equal(lineHash, expected.get(region.line));
  });
}

test("what stands in an archive has no line hash", async () => {
  const [finding] = (await reportOf({ paths: [folder({ "x.gz": gz(leak(1)) })] })).findings;
  assert.equal(finding!.exposures[0].lineHash, undefined);
});
