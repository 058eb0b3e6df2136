import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { leak } from "../scan/running.ts";
import { repository } from "../sources/repository.ts";

const compare = (root: string) =>
  spawnSync(process.execPath, ["scripts/compare-engines.mjs", root], { encoding: "utf8" });

test("comparing the engines says that they agree, and fails where there is nothing to compare", () => {
  const { status, stdout } = compare(repository({ "a.env": leak(1) }));
  assert.equal(status, 0, stdout);
  assert.match(stdout, /: 1 matches by delta, 1 by full\n$/);
  const empty = compare(repository({ a: "x\n" }));
  assert.equal(empty.status, 1);
  assert.match(empty.stdout, /nothing was found, so nothing was compared/);
});
